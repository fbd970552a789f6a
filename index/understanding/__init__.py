"""Understanding: from what was typed to a `Question`, a value that can be looked at and tested.

No model is asked and nothing is searched here: rules over the words of the question, the
reports there are, and the turn before.
"""
