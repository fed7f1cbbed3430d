package io.github.costwise.cache;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.text.Hex;

/**
 * An entry as bytes, without its partition and labels, which a store keeps where it can
 * search for them. The fixed part comes first, so that a store can read id, expiry and
 * vector in place: version, id, group, creation, expiry, dimension, vector; then the
 * question and the answer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EntryBody {

	/** The version that is written, and the only one that is read. */
	public static final int VERSION = 3;

	/** Where the rounded vector begins. */
	public static final int CODES = 39;

	private static final int ID = 1;

	private static final int ID_BYTES = 16;

	private static final int GROUP_BYTES = 8;

	private static final int TIME_BYTES = 6;

	private static final int EXPIRY = ID + ID_BYTES + GROUP_BYTES + TIME_BYTES;

	private static final int DIMENSION = EXPIRY + TIME_BYTES;

	private EntryBody() {
	}

	/**
	 * Writes an entry.
	 * @param entry the entry
	 * @return the bytes
	 */
	public static byte[] encode(CacheEntry entry) {
		CacheVector vector = entry.vector();
		byte[] codes = (vector != null) ? vector.codes() : new byte[0];
		BodyWriter out = new BodyWriter(CODES + codes.length + 2 * entry.question().length() + 256);
		out.fixed(VERSION, 1).raw(Hex.bytes(entry.id())).raw(Hex.bytes(entry.group()));
		out.fixed(entry.createdAt().toEpochMilli(), TIME_BYTES).fixed(entry.expiresAt().toEpochMilli(), TIME_BYTES);
		out.fixed(codes.length, Short.BYTES).raw(codes).text(entry.question());
		AnswerCodec.write(entry.answer(), out);
		return out.toBytes();
	}

	/**
	 * Reads an entry.
	 * @param body what {@link #encode} returned
	 * @param partition the partition
	 * @param labels the labels
	 * @return the entry
	 * @throws CacheStoreException if the bytes are of another version, or damaged
	 */
	public static CacheEntry decode(byte[] body, String partition, Set<CacheLabel> labels) {
		BodyReader in = new BodyReader(body, 0);
		requireVersion((int) in.fixed(1));
		try {
			CacheEntry entry = read(in, partition, labels);
			in.end();
			return entry;
		}
		catch (IllegalArgumentException ex) {
			throw new CacheStoreException(StoreReason.UNREADABLE, "A cache entry names what this version does not know",
					ex);
		}
	}

	private static CacheEntry read(BodyReader in, String partition, Set<CacheLabel> labels) {
		String id = Hex.of(in.raw(ID_BYTES));
		String group = Hex.of(in.raw(GROUP_BYTES));
		Instant createdAt = Instant.ofEpochMilli(in.fixed(TIME_BYTES));
		Instant expiresAt = Instant.ofEpochMilli(in.fixed(TIME_BYTES));
		CacheVector vector = readVector(in);
		String question = in.text();
		return new CacheEntry(id, partition, group, question, vector, AnswerCodec.read(in), labels, createdAt,
				expiresAt);
	}

	private static @Nullable CacheVector readVector(BodyReader in) {
		byte[] codes = in.raw((int) in.fixed(Short.BYTES));
		return (codes.length > 0) ? CacheVector.ofCodes(codes) : null;
	}

	static void requireVersion(int version) {
		if (version != VERSION) {
			throw new CacheStoreException(StoreReason.UNREADABLE,
					"A cache entry has the version " + version + ", this application reads " + VERSION, null);
		}
	}

	/**
	 * Returns the first half of the id.
	 * @param body the bytes of an entry
	 * @return 64 bits
	 */
	public static long idHigh(byte[] body) {
		return new BodyReader(body, ID).fixed(Long.BYTES);
	}

	/**
	 * Returns the second half of the id.
	 * @param body the bytes of an entry
	 * @return 64 bits
	 */
	public static long idLow(byte[] body) {
		return new BodyReader(body, ID + Long.BYTES).fixed(Long.BYTES);
	}

	/**
	 * Returns the answer group.
	 * @param body the bytes of an entry
	 * @return 64 bits
	 */
	public static long group(byte[] body) {
		return new BodyReader(body, ID + ID_BYTES).fixed(GROUP_BYTES);
	}

	/**
	 * Returns when the entry is gone.
	 * @param body the bytes of an entry
	 * @return milliseconds since 1970
	 */
	public static long expiresAt(byte[] body) {
		return new BodyReader(body, EXPIRY).fixed(TIME_BYTES);
	}

	/**
	 * Returns how many numbers the vector has.
	 * @param body the bytes of an entry
	 * @return the dimension, 0 without a vector
	 */
	public static int dimension(byte[] body) {
		return (int) new BodyReader(body, DIMENSION).fixed(Short.BYTES);
	}

}
