package io.github.costwise.cache.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.search.schemafields.SchemaField;
import redis.clients.jedis.search.schemafields.TagField;
import redis.clients.jedis.search.schemafields.VectorField;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.text.Parts;

/**
 * An entry as a hash: tags for partition, group and labels, all of them hexadecimal
 * digits, the vector in single precision for the index, and the body.
 */
final class RedisDocument {

	/** Changes whenever an older application could not read what this one writes. */
	static final int SCHEMA = EntryBody.VERSION;

	static final String PARTITION = "p";

	static final String GROUP = "g";

	static final String LABELS = "l";

	static final String VECTOR = "v";

	static final String BODY = "b";

	private static final String SEPARATOR = ",";

	private static final byte[][] READ = { bytes(PARTITION), bytes(LABELS), bytes(BODY) };

	private static final byte[][] CHOSEN_BY = { bytes(PARTITION), bytes(GROUP), bytes(LABELS) };

	private RedisDocument() {
	}

	static List<SchemaField> fields(int dimension) {
		List<SchemaField> fields = new ArrayList<>();
		fields.add(TagField.of(PARTITION));
		fields.add(TagField.of(GROUP));
		fields.add(TagField.of(LABELS).separator(SEPARATOR.charAt(0)));
		if (dimension > 0) {
			fields.add(VectorField.builder()
				.fieldName(VECTOR)
				.algorithm(VectorField.VectorAlgorithm.FLAT)
				.addAttribute("TYPE", "FLOAT32")
				.addAttribute("DIM", dimension)
				.addAttribute("DISTANCE_METRIC", "COSINE")
				.build());
		}
		return fields;
	}

	/** Returns the fields and values of an entry in turn. */
	static List<byte[]> write(CacheEntry entry) {
		String labels = entry.labels().stream().map(CacheLabel::digest).collect(Collectors.joining(SEPARATOR));
		List<byte[]> fields = new ArrayList<>(List.of(bytes(PARTITION), bytes(entry.partition()), bytes(GROUP),
				bytes(entry.group()), bytes(LABELS), bytes(labels), bytes(BODY), EntryBody.encode(entry)));
		CacheVector vector = entry.vector();
		if (vector != null) {
			fields.add(bytes(VECTOR));
			fields.add(floats(vector.toUnit()));
		}
		return fields;
	}

	/** A query for the entries that are chosen. */
	static String query(CacheEviction eviction) {
		return switch (eviction.kind()) {
			case ALL -> "*";
			case GROUP -> RedisSearch.tag(GROUP, eviction.value());
			case LABEL -> RedisSearch.tag(LABELS, eviction.value());
			case PARTITION -> RedisSearch.tag(PARTITION, eviction.value());
			case ENTRY -> throw new IllegalArgumentException("An entry is found by its key");
		};
	}

	/** The fields by which entries are chosen. */
	static byte[][] chosenBy() {
		return CHOSEN_BY.clone();
	}

	/** Whether an entry is chosen that has these values of {@link #chosenBy()}. */
	static boolean isChosen(List<byte @Nullable []> values, CacheEviction eviction) {
		return switch (eviction.kind()) {
			case ALL -> true;
			case GROUP -> isText(values.get(1), eviction.value());
			case LABEL -> {
				byte[] labels = values.get(2);
				yield labels != null && List.of(Parts.of(text(labels), SEPARATOR)).contains(eviction.value());
			}
			case PARTITION -> isText(values.get(0), eviction.value());
			case ENTRY -> throw new IllegalArgumentException("An entry is found by its key");
		};
	}

	static boolean isText(byte @Nullable [] bytes, String text) {
		return bytes != null && text.equals(text(bytes));
	}

	static byte[][] read() {
		return READ.clone();
	}

	/**
	 * Reads an entry.
	 * @param partition the partition it must have
	 * @param values the values of {@link #read()}
	 * @return the entry, or {@code null} when there is none of this partition
	 */
	static @Nullable CacheEntry read(String partition, List<byte @Nullable []> values) {
		byte[] found = values.get(0);
		byte[] labels = values.get(1);
		byte[] body = values.get(2);
		if (found == null || labels == null || body == null || !partition.equals(text(found))) {
			return null;
		}
		return EntryBody.decode(body, partition, labels(text(labels)));
	}

	private static Set<CacheLabel> labels(String joined) {
		return joined.isEmpty() ? Set.of()
				: Arrays.stream(Parts.of(joined, SEPARATOR)).map(CacheLabel::new).collect(Collectors.toSet());
	}

	static byte[] floats(float[] vector) {
		ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		buffer.asFloatBuffer().put(vector);
		return buffer.array();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
