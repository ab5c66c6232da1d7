"""Chinese official prose: sentences, numerals, words, subjects, and the measures in a sentence.

This room knows no form and no rule. What a word means is data that is handed in (`Lexicon`);
what a measure says of a table is judged in `docgen.check`.
"""
