#!/bin/sh
# train.sh TRAIN.jsonl DEV.jsonl UNLABELLED.parquet...: all steps, from annotated and unlabelled abstracts to the shipped model.
set -eu
train=$1 dev=$2
shift 2
work=${WORK:-training/work}
mkdir -p "$work"
[ -s "$work/vectors.txt" ] || python -m training.vectors "$work/vectors.txt" "$@"
python -m training.entities "$train" "$dev" --vectors "$work/vectors.txt" --out "$work/entities"
python -m training.assemble "$work/entities" kg/extract/model/fast
python -m training.heads "$train"
python -m training.measure_heads "$dev"
