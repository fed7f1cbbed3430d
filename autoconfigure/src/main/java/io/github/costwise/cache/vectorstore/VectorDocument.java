package io.github.costwise.cache.vectorstore;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

/**
 * An entry as a document: the vector as its text, everything else as metadata with plain
 * values, because not every vector store can filter by lists.
 */
final class VectorDocument {

	static final int MAX_LABELS = 16;

	static final String SCHEMA = "costwise";

	/** In place of the version: no entry, but an eviction that is not done. */
	static final String MARK = "mark";

	static final String SCHEMA_VERSION = "v" + EntryBody.VERSION;

	static final String ID = "entry";

	static final String PARTITION = "partition";

	static final String GROUP = "group";

	static final String LABEL = "label";

	static final String VECTOR = "vector";

	static final String YES = "yes";

	static final String EXPIRES = "expires";

	private static final String BODY = "body";

	static final String EVICTION = "eviction";

	private static final int[] HYPHENS = { 8, 12, 16, 20 };

	private VectorDocument() {
	}

	static Document write(CacheEntry entry) {
		CacheVector vector = entry.vector();
		Map<String, Object> metadata = new HashMap<>(Map.of(SCHEMA, SCHEMA_VERSION, ID, entry.id(), PARTITION,
				entry.partition(), GROUP, entry.group(), VECTOR, (vector != null) ? YES : "no", EXPIRES,
				entry.expiresAt().toEpochMilli(), BODY, Base64.getEncoder().encodeToString(EntryBody.encode(entry))));
		List<CacheLabel> labels = List.copyOf(entry.labels());
		if (labels.size() > MAX_LABELS) {
			throw new CacheStoreException(StoreReason.FULL,
					"An entry in a vector store has " + MAX_LABELS + " labels at the most, not " + labels.size(), null);
		}
		for (int i = 0; i < labels.size(); i++) {
			metadata.put(LABEL + i, labels.get(i).digest());
		}
		float[] unit = (vector != null) ? vector.toUnit() : CacheEmbeddingModel.NO_VECTOR;
		return Document.builder()
			.id(uuid(entry.id()))
			.text(CacheEmbeddingModel.toText(unit))
			.metadata(metadata)
			.build();
	}

	static @Nullable CacheEntry read(Document document) {
		Map<String, Object> metadata = document.getMetadata();
		if (!(metadata.get(BODY) instanceof String body) || !(metadata.get(PARTITION) instanceof String partition)) {
			return null;
		}
		Set<CacheLabel> labels = new HashSet<>();
		for (int i = 0; metadata.get(LABEL + i) instanceof String digest; i++) {
			labels.add(new CacheLabel(digest));
		}
		return EntryBody.decode(bytes(body), partition, labels);
	}

	private static byte[] bytes(String body) {
		try {
			return Base64.getDecoder().decode(body);
		}
		catch (IllegalArgumentException ex) {
			throw new CacheStoreException(StoreReason.UNREADABLE, "A cache entry is damaged", ex);
		}
	}

	static String uuid(String id) {
		StringBuilder uuid = new StringBuilder(id);
		for (int i = HYPHENS.length - 1; i >= 0; i--) {
			uuid.insert(HYPHENS[i], '-');
		}
		return uuid.toString();
	}

	/** The document that marks an eviction; the same for the same eviction. */
	static Document mark(CacheEviction eviction) {
		String text = MarkedEvictions.write(eviction);
		return Document.builder()
			.id(markId(eviction))
			.text(CacheEmbeddingModel.toText(CacheEmbeddingModel.NO_VECTOR))
			.metadata(Map.of(SCHEMA, MARK, EVICTION, text))
			.build();
	}

	static String markId(CacheEviction eviction) {
		return UUID.nameUUIDFromBytes(MarkedEvictions.write(eviction).getBytes(StandardCharsets.UTF_8)).toString();
	}

	/** The eviction that a document marks, or {@code null} when it is an entry. */
	static @Nullable CacheEviction marked(Document document) {
		Object text = document.getMetadata().get(EVICTION);
		return (text != null) ? MarkedEvictions.read(text.toString()) : null;
	}

}
