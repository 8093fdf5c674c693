"""What a sentence is, said once: tokens and heads, quotation marks, base forms, phrases, circumstances."""
