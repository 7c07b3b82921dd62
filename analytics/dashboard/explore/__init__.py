"""The page Explore: one question, whose words are the controls, seen from every side; one function a tab."""
