#!/bin/sh
# checkov 3.3.30 reports a queue that SQS encrypts with its own key (`SqsManagedSseEnabled: true`) as not encrypted (CKV_AWS_27).
# The check looks for `KmsMasterKeyId` only. Skip the check in the metadata of such queues.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet checkov==3.3.30
mkdir templates
cat >templates/queue.json <<'JSON'
{ "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "SqsManagedSseEnabled": true } } } }
JSON
python/bin/python -m checkov.main --directory templates --framework cloudformation --check CKV_AWS_27 \
  --skip-download --compact --soft-fail --output json >report.json
python/bin/python - <<'PY'
import json

failed = [check['check_id'] for check in json.load(open('report.json'))['results']['failed_checks']]
print('failed checks of an encrypted queue:', failed)
assert failed == ['CKV_AWS_27'], 'changed: expected CKV_AWS_27'
PY
