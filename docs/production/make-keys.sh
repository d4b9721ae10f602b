#!/bin/sh
# Keys of your own, made in the present folder: make-keys.sh DB1 DB2 DB3
set -eu
umask 077
new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "$@" 2>/dev/null; }

new -x509 -days 3650 -keyout ca.key -out ca.pem -subj "/CN=Huyuan database CA" \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
for host in "$@"; do
  new -keyout "$host.key" -out "$host.csr" -subj "/CN=$host"
  printf 'subjectAltName=DNS:%s,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n' \
    "$host" > "$host.ext"
  openssl x509 -req -in "$host.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 \
    -extfile "$host.ext" -out "$host.crt" 2>/dev/null
  cat "$host.crt" "$host.key" > "$host.pem"
  rm -f "$host.csr" "$host.ext" "$host.crt" "$host.key"
done
openssl rand -base64 756 > keyfile
for name in root-password service-password; do
  openssl rand -hex 24 > "$name"
done
