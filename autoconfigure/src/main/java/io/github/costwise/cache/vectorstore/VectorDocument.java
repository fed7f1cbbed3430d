package io.github.costwise.cache.vectorstore;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.ai.vectorstore.filter.FilterExpressionBuilder;

import io.github.costwise.cache.CacheEntry;
import io.github.costwise.cache.CacheLabel;
import io.github.costwise.cache.CacheStoreException;
import io.github.costwise.cache.CacheStoreException.Reason;
import io.github.costwise.cache.CacheVector;
import io.github.costwise.cache.EntryBody;

/**
 * An entry as a document: the vector as its text, everything else as metadata with plain
 * values, because not every vector store can filter by lists.
 */
final class VectorDocument {

	static final int MAX_LABELS = 16;

	private static final String SCHEMA = "costwise";

	private static final String SCHEMA_VERSION = "v" + EntryBody.VERSION;

	private static final String ID = "entry";

	private static final String PARTITION = "partition";

	private static final String GROUP = "group";

	private static final String LABEL = "label";

	private static final String VECTOR = "vector";

	private static final String YES = "yes";

	private static final String EXPIRES = "expires";

	private static final String BODY = "body";

	private static final int[] HYPHENS = { 8, 12, 16, 20 };

	private VectorDocument() {
	}

	static Document write(CacheEntry entry, int dimension) {
		CacheVector vector = entry.vector();
		Map<String, Object> metadata = new HashMap<>(Map.of(SCHEMA, SCHEMA_VERSION, ID, entry.id(), PARTITION,
				entry.partition(), GROUP, entry.group(), VECTOR, (vector != null) ? YES : "no", EXPIRES,
				entry.expiresAt().toEpochMilli(), BODY, Base64.getEncoder().encodeToString(EntryBody.encode(entry))));
		List<CacheLabel> labels = List.copyOf(entry.labels());
		if (labels.size() > MAX_LABELS) {
			throw new CacheStoreException(Reason.FULL,
					"An entry in a vector store has " + MAX_LABELS + " labels at the most, not " + labels.size(), null);
		}
		for (int i = 0; i < labels.size(); i++) {
			metadata.put(LABEL + i, labels.get(i).digest());
		}
		float[] unit = (vector != null) ? vector.toUnit() : new float[dimension];
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
			throw new CacheStoreException(Reason.UNREADABLE, "A cache entry is damaged", ex);
		}
	}

	static String uuid(String id) {
		StringBuilder uuid = new StringBuilder(id);
		for (int i = HYPHENS.length - 1; i >= 0; i--) {
			uuid.insert(HYPHENS[i], '-');
		}
		return uuid.toString();
	}

	static Filter.Expression ofEntry(String id) {
		FilterExpressionBuilder filter = new FilterExpressionBuilder();
		return filter.eq(ID, id).build();
	}

	static Filter.Expression withVector(String partition, long now) {
		FilterExpressionBuilder filter = new FilterExpressionBuilder();
		return filter.and(filter.and(filter.eq(PARTITION, partition), filter.eq(VECTOR, YES)), filter.gt(EXPIRES, now))
			.build();
	}

	static Filter.Expression ofPartition(String partition) {
		return new FilterExpressionBuilder().eq(PARTITION, partition).build();
	}

	static Filter.Expression ofGroup(String group) {
		return new FilterExpressionBuilder().eq(GROUP, group).build();
	}

	static Filter.Expression withLabel(String digest) {
		FilterExpressionBuilder filter = new FilterExpressionBuilder();
		List<FilterExpressionBuilder.Op> places = new ArrayList<>();
		for (int i = 0; i < MAX_LABELS; i++) {
			places.add(filter.eq(LABEL + i, digest));
		}
		return places.stream().reduce(filter::or).orElseThrow().build();
	}

	static Filter.Expression all() {
		return new FilterExpressionBuilder().eq(SCHEMA, SCHEMA_VERSION).build();
	}

	static Filter.Expression expiredAt(long now) {
		FilterExpressionBuilder filter = new FilterExpressionBuilder();
		return filter.and(filter.eq(SCHEMA, SCHEMA_VERSION), filter.lte(EXPIRES, now)).build();
	}

}
