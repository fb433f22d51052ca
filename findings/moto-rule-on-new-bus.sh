#!/bin/sh
# moto 5.2.5 fails on a stack with an event bus and a rule on that bus. In its CloudFormation, `Ref` of an event bus returns an object
# instead of the name, and the rule's provider calls a method of strings on it. The server answers 500.
# AWS returns the name: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html
# Where only moto matters, give the bus a name, and the rule the same name as text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet 'moto[cloudformation,events]==5.2.5'
cat >check.py <<'PY'
import json
import boto3
from moto import mock_aws

bus = {'Type': 'AWS::Events::EventBus', 'Properties': {'Name': 'shop'}}
rule = lambda name: {
    'Type': 'AWS::Events::Rule',
    'Properties': {'EventBusName': name, 'EventPattern': {'source': ['shop']}},
}


def create(name):
    template = {'Resources': {'Bus': bus, 'Rule': {**rule(name), 'DependsOn': 'Bus'}}}
    with mock_aws():
        try:
            stacks = boto3.client('cloudformation', region_name='us-east-1')
            stacks.create_stack(StackName='one', TemplateBody=json.dumps(template))
            return stacks.describe_stacks()['Stacks'][0]['StackStatus']
        except AttributeError as error:
            return str(error)


found = [create({'Ref': 'Bus'}), create('shop')]
print('Ref:', found[0])
print('name:', found[1])
assert found == ["'EventBus' object has no attribute 'split'", 'CREATE_COMPLETE'], 'changed'
PY
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test python/bin/python check.py
