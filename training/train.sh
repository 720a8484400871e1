#!/bin/sh
# train.sh TRAIN.jsonl DEV.jsonl ENCODER UNLABELLED.parquet...: all steps, from abstracts to the shipped models.
set -eu
train=$1 dev=$2 encoder=$3
shift 3
work=${WORK:-training/work}
mkdir -p "$work"
[ -s "$work/vectors.txt" ] || python -m training.vectors "$work/vectors.txt" "$@"
python -m training.entities "$train" "$dev" --vectors "$work/vectors.txt" --out "$work/entities"
python -m training.assemble "$work/entities" kg/extract/model/fast
python -m training.heads "$train"
python -m training.encoder "$train" --encoder "$encoder" --work "$work/encoder" --epochs 2.5
python -m training.export "$work/encoder/tagger.pt" --encoder "$encoder" --out "$work/graph"
python -m training.assemble "$work/graph" kg/extract/model/accurate --name accurate
python -m training.calibrate "$train"
python -m training.measure_heads "$dev"
kg eval "$dev"
