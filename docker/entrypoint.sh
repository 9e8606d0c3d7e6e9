#!/bin/sh
# An app by its name, or else a command of the command line.
set -eu
app="${1:-command-api}"
case "$app" in
  command-api | query-api | projector | automation) exec node --enable-source-maps --max-semi-space-size=64 "/rapport/dist/apps/$app/src/main.js" ;;
  *) exec node --enable-source-maps /rapport/dist/apps/rapport/src/main.js "$@" ;;
esac
