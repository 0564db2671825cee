#!/bin/sh
# One command from a dump and a firmware file to an image that boots: with network, pins and the device's own calibration, and the lines
# that flash it.
#
#     samples/SeedStory/seed-story.sh FACTORY FIRMWARE OUTPUT [NAME=VALUE...]
#
#     export WIFI_SSID='my network' WIFI_PASS='my pass phrase'
#     samples/SeedStory/seed-story.sh Dreo_fan.bin OpenBK7231M_QIO.bin flash-me.bin pins.6='Btn;2' pins.26='Rel;1'
#
# FACTORY is a dump of the device's whole flash, FIRMWARE an OpenBeken file for its chip. BEKENIMAGE says how the program is called when it
# is not installed: BEKENIMAGE='dotnet run -c Release --project src/BekenImage.Cli --'.
set -eu

if [ $# -lt 3 ] || [ -z "${WIFI_SSID:-}" ]; then
    echo "usage: WIFI_SSID=... WIFI_PASS=... $0 FACTORY FIRMWARE OUTPUT [NAME=VALUE...]" >&2
    exit 2
fi
factory=$1 firmware=$2 output=$3
shift 3
for field in "$@"; do
    set -- "$@" --set "$field"
    shift
done

# Several words, where it is 'dotnet run ... --'.
bekenimage() { ${BEKENIMAGE:-bekenimage} "$@"; }

# The job itself. What it answers ends with the lines to type next, so it is shown last.
answer=$(bekenimage combine "$factory" "$firmware" -o "$output" --set wifiSsid="$WIFI_SSID" --set wifiPass="${WIFI_PASS:-}" "$@")

# What was asked for, proved on the file: it boots, it holds the fields, and calibration and MAC are those of the device.
bekenimage verify "$output"
bekenimage obk show "$output"
bekenimage rf compare "$factory" "$output"
printf '\n%s\n' "$answer"
