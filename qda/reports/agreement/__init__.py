"""Inter-coder agreement as pure statistics: no study, no SQL, no printing, and no library for it.

Each statistic is a figure of a sum of tallies over sources: a source gives integers, they are added, and a pure
function makes of the sum a value, or nothing with the reason. Leaving a source out is a subtraction.
"""
