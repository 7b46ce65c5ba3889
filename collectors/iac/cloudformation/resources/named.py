"""Resources of which nothing is read but what they are, or lead to, where others name them. Source:
CloudFormation template reference, "Return values" of each."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.stacks.resource import Translation

# Permissions that name an alias or a version are of its function.
_OF_FUNCTION = {"FunctionName": "id"}

TRANSLATIONS: dict[str, Translation] = {
    "AWS::ApplicationAutoScaling::ScalingPolicy": plain("aws_appautoscaling_policy", {}),
    "AWS::AutoScaling::ScalingPolicy": plain("aws_autoscaling_policy", {}),
    "AWS::CloudFront::CloudFrontOriginAccessIdentity": plain(
        "aws_cloudfront_origin_access_identity", {}
    ),
    "AWS::Events::ApiDestination": plain("aws_cloudwatch_event_api_destination", {}),
    "AWS::Lambda::Alias": plain("aws_lambda_alias", _OF_FUNCTION),
    "AWS::Lambda::Version": plain("aws_lambda_version", _OF_FUNCTION),
    "AWS::SSMIncidents::ResponsePlan": plain("aws_ssmincidents_response_plan", {}),
}
