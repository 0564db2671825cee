# One command from a dump and a firmware file to an image that boots: with network, pins and the device's own calibration, and the lines
# that flash it.
#
#     $env:WIFI_SSID = 'my network'; $env:WIFI_PASS = 'my pass phrase'
#     samples\SeedStory\seed-story.ps1 Dreo_fan.bin OpenBK7231M_QIO.bin flash-me.bin pins.6='Btn;2' pins.26='Rel;1'
#
# FACTORY is a dump of the device's whole flash, FIRMWARE an OpenBeken file for its chip. $env:BEKENIMAGE says how the program is called
# when it is not installed: 'dotnet run -c Release --project src/BekenImage.Cli --'.
param(
    [Parameter(Mandatory)] [string] $Factory,
    [Parameter(Mandatory)] [string] $Firmware,
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Fields = @()
)
$ErrorActionPreference = 'Stop'
if (-not $env:WIFI_SSID) { throw 'WIFI_SSID names the network' }

$command = if ($env:BEKENIMAGE) { $env:BEKENIMAGE -split ' ' } else { @('bekenimage') }
function Invoke-BekenImage {
    $words = @($command | Select-Object -Skip 1) + $args
    & $command[0] @words
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

# The job itself. What it answers ends with the lines to type next, so it is shown last.
$set = @('--set', "wifiSsid=$env:WIFI_SSID", '--set', "wifiPass=$env:WIFI_PASS")
foreach ($field in $Fields) { $set += '--set', $field }
$answer = Invoke-BekenImage combine $Factory $Firmware -o $Output @set

# What was asked for, proved on the file: it boots, it holds the fields, and calibration and MAC are those of the device.
Invoke-BekenImage verify $Output
Invoke-BekenImage obk show $Output
Invoke-BekenImage rf compare $Factory $Output
$answer
