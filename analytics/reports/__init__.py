"""What is read outside the dashboard: a comparison of two tellings, and a finding as a bundle to hand on."""
