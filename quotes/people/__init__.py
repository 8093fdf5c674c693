"""Who is one person across documents: forms of names, a list of known speakers, speakers counted."""
