#!/bin/sh
# train.sh TRAIN.jsonl DEV.jsonl ENCODER UNLABELLED.parquet...: all steps, from abstracts to the shipped models.
set -eu
train=$1 dev=$2 encoder=$3
shift 3
work=${WORK:-training/work}
mkdir -p "$work"
python -m training.encoder "$train" --encoder "$encoder" --work "$work/encoder" --epochs 2.5
python -m training.encoder "$train" --encoder "$encoder" --work "$work/again" --epochs 2 --seed 1 \
  --start "$work/encoder/tagger.pt" --rate 7e-5 --head-rate 7e-4
python -m training.export "$work/again/tagger.pt" --encoder "$encoder" --out "$work/graph"
python -m training.window
python -m training.assemble "$work/graph" kg/extract/model/accurate --name accurate --share 0
python -m training.calibrate "$train" --recogniser accurate
[ -s "$work/vectors.txt" ] || python -m training.vectors "$work/vectors.txt" "$@"
[ -s "$work/silver.jsonl" ] || python -m training.silver "$work/silver.jsonl" "$@" --without "$train" --without "$dev" \
  --count 104000
python -m training.entities "$train" "$dev" --silver "$work/silver.jsonl" --vectors "$work/vectors.txt" \
  --out "$work/entities" --epochs 3
python -m training.assemble "$work/entities" kg/extract/model/fast
# What the two find together teaches the fast one once more.
python -m training.assemble "$work/graph" kg/extract/model/accurate --name accurate
python -m training.calibrate "$train" --recogniser accurate
[ -s "$work/both.jsonl" ] || python -m training.silver "$work/both.jsonl" "$@" --without "$train" --without "$dev" \
  --count 31000
python -m training.entities "$train" "$dev" --silver "$work/both.jsonl" --vectors "$work/vectors.txt" \
  --out "$work/once-more" --start "$work/entities" --epochs 2
python -m training.assemble "$work/once-more" kg/extract/model/fast
# The accurate one without what it misses least, taught by what the two found together.
python -m training.prune "$work/again/tagger.pt" "$work/both.jsonl" --encoder "$encoder" --out "$work/cut.pt"
python -m training.encoder "$train" --encoder "$encoder" --work "$work/pruned" --silver "$work/both.jsonl" \
  --start "$work/cut.pt" --epochs 1 --rate 1e-4 --head-rate 8e-4
python -m training.export "$work/pruned/tagger.pt" --encoder "$encoder" --out "$work/graph"
python -m training.assemble "$work/graph" kg/extract/model/accurate --name accurate
python -m training.heads "$train" --silver "$work/both.jsonl"
python -m training.calibrate "$train" --recogniser fast
python -m training.calibrate "$train" --recogniser accurate
kg eval "$dev"
