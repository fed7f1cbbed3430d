package io.github.costwise.cache;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.text.Hex;

/**
 * An entry as bytes, all of it: partition, labels and {@link EntryBody}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EntryCodec {

	private static final int PARTITION_BYTES = CacheEntry.PARTITION_DIGITS / 2;

	private EntryCodec() {
	}

	/**
	 * Writes an entry.
	 * @param entry the entry
	 * @return the bytes
	 */
	public static byte[] encode(CacheEntry entry) {
		byte[] body = EntryBody.encode(entry);
		List<CacheLabel> labels = entry.labels().stream().sorted(Comparator.comparing(CacheLabel::digest)).toList();
		BodyWriter out = new BodyWriter(2 + PARTITION_BYTES + labels.size() * CacheLabel.BYTES + body.length);
		out.fixed(EntryBody.VERSION, 1).raw(Hex.bytes(entry.partition())).fixed(labels.size(), 1);
		labels.forEach((label) -> out.raw(Hex.bytes(label.digest())));
		return out.raw(body).toBytes();
	}

	/**
	 * Reads an entry.
	 * @param bytes what {@link #encode} returned
	 * @return the entry
	 * @throws io.github.costwise.spi.CacheStoreException if the bytes are of another
	 * version, or damaged
	 */
	public static CacheEntry decode(byte[] bytes) {
		BodyReader in = new BodyReader(bytes, 0);
		EntryBody.requireVersion((int) in.fixed(1));
		String partition = Hex.of(in.raw(PARTITION_BYTES));
		int count = (int) in.fixed(1);
		Set<CacheLabel> labels = new HashSet<>();
		for (int i = 0; i < count; i++) {
			labels.add(new CacheLabel(Hex.of(in.raw(CacheLabel.BYTES))));
		}
		int head = 2 + PARTITION_BYTES + count * CacheLabel.BYTES;
		return EntryBody.decode(in.raw(bytes.length - head), partition, labels);
	}

}
