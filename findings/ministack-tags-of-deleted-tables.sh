#!/bin/sh
# ministack 1.5.33 lists the DynamoDB table of a deleted stack among the tagged resources. DynamoDB itself no longer lists it.
# A tool that looks for leftovers by tag must ask DynamoDB whether the table exists.
set -eu
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet ministack==1.5.33 boto3
port=$(python/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
TMPDIR=$folder BIND_HOST=127.0.0.1 GATEWAY_PORT=$port LOG_LEVEL=ERROR python/bin/python -m ministack >log 2>&1 &
server=$!
PORT=$port python/bin/python - <<'PY'
import json, os, time, urllib.request
import boto3

url = f"http://127.0.0.1:{os.environ['PORT']}"
for _ in range(600):
    try:
        urllib.request.urlopen(f'{url}/_ministack/health')
        break
    except OSError:
        time.sleep(0.1)
options = dict(endpoint_url=url, region_name='us-east-1', aws_access_key_id='test', aws_secret_access_key='test')
stacks, tables, tags = (
    boto3.client(name, **options) for name in ('cloudformation', 'dynamodb', 'resourcegroupstaggingapi')
)
table = {
    'Type': 'AWS::DynamoDB::Table',
    'Properties': {
        'BillingMode': 'PAY_PER_REQUEST',
        'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],
        'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}],
        'Tags': [{'Key': 'owner', 'Value': 'me'}],
    },
}
stacks.create_stack(StackName='one', TemplateBody=json.dumps({'Resources': {'Table': table}}))
stacks.get_waiter('stack_create_complete').wait(StackName='one', WaiterConfig={'Delay': 1})
stacks.delete_stack(StackName='one')
stacks.get_waiter('stack_delete_complete').wait(StackName='one', WaiterConfig={'Delay': 1})
existing = tables.list_tables()['TableNames']
tagged = tags.get_resources(TagFilters=[{'Key': 'owner'}])['ResourceTagMappingList']
print('tables:', existing, 'tagged resources:', [one['ResourceARN'] for one in tagged])
assert existing == [] and len(tagged) == 1, 'changed: expected no table and one tagged resource'
PY
