/** The client behind an address: of IPv6 the /64 network, all of whose addresses are one client's (RFC 4291 section 2.5.4). */
export function networkOf(client: string): string {
  if (!client.includes(":")) return client;
  // `::` stands for as many groups of zeros as are missing (RFC 5952 section 4.2).
  const [head = "", tail] = client.split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  return groups.slice(0, 4).join(":");
}
