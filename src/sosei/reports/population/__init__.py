"""The population of a municipality as charts, tables and the chapter 人口の現状と将来推計."""
