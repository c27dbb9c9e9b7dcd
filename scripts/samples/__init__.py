"""The pieces that make_samples.py puts together: papers, speech, captions, slides, recordings."""
