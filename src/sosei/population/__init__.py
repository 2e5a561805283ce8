"""人口ビジョン: projection of populations by sex and age, scenarios, and the way to a target.

Plain numpy, area last and contiguous.  Nothing here knows a plan, a file of somebody else or a clock.
"""
