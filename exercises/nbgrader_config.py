try:
    from grader.grading.configure import configure
except ImportError:  # with nbgrader's own defaults, submitted code would run
    raise SystemExit("Candor is not installed in this environment: pip install candor-training")

configure(get_config(), __file__)
