"""Requirements of a plan along its chain, compared with what the plan states.

Face: `require(region, year, scenario)`, `compare(region, year, scenario)`, `view(region, year,
scenario)`, `explain(region, year, scenario, material)`, `picture(requirements, region, group)`.
"""
