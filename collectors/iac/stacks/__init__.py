"""What CloudFormation and ROS have in common: templates with resources, functions, conditions."""
