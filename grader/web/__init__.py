"""How a page and a paper look, and how a file is written. It knows nothing of cards, courses and trainees."""
