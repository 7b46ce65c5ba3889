system = "internet-mall"
level  = 3

# bad: SSH from everywhere, hidden in a file of values
maintenance_ranges = ["0.0.0.0/0"]
