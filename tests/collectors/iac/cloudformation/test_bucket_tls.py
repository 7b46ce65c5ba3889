"""Bucket policies that name the bucket and its objects as CloudFormation writes them."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

POLICY = """
  Bucket: {{Type: AWS::S3::Bucket}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource: {named}
            Condition: {{Bool: {{'aws:SecureTransport': 'false'}}}}
"""
JOIN = "!Join ['', ['arn:aws-cn:s3:::', !Ref Bucket"


@pytest.mark.parametrize(
    ("named", "required"),
    [
        ("[!GetAtt Bucket.Arn, !Sub '${Bucket.Arn}/*']", True),
        ("[!Sub 'arn:aws-cn:s3:::${Bucket}', !Sub 'arn:${AWS::Partition}:s3:::${Bucket}/*']", True),
        (f"[{JOIN}]], {JOIN}, /*]]]", True),
        # Listing the bucket goes without TLS.
        ("!Sub '${Bucket.Arn}/*'", False),
        ("[!GetAtt Bucket.Arn, !Sub '${Bucket.Arn}/public/*']", None),
        ("[!GetAtt Bucket.Arn, !Sub 'arn:aws-cn:s3:::a-${Bucket}/*']", None),
    ],
)
def test_a_bucket_and_its_objects(stack: Read, named: str, required: bool | None) -> None:
    facts = stack(POLICY.format(named=named))["Bucket"].facts
    assert facts["tls"].get("required") is required
