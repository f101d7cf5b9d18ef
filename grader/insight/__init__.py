"""What a cohort's grades say: of trainees over time, of questions, of tests, and of those who mark."""
