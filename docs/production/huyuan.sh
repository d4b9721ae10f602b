#!/bin/sh
# /usr/local/sbin/huyuan: the command huyuan with the service's settings, as the service's user.
set -eu
set -a
. /etc/huyuan/huyuan.env
[ ! -r /etc/huyuan/backup.env ] || . /etc/huyuan/backup.env
set +a
cd /opt/huyuan/source
exec runuser -u huyuan -- /opt/huyuan/venv/bin/huyuan "$@"
