package io.github.costwise.cache.vectorstore;

import java.util.stream.IntStream;

import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.ai.vectorstore.filter.FilterExpressionBuilder;
import org.springframework.ai.vectorstore.filter.FilterExpressionBuilder.Op;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.model.CacheEviction;

/** Which documents are looked for, or removed. */
final class VectorFilters {

	private static final FilterExpressionBuilder BUILDER = new FilterExpressionBuilder();

	private VectorFilters() {
	}

	/** An entry, and all marks. */
	static Filter.Expression entry(String id) {
		return BUILDER.or(BUILDER.eq(VectorDocument.ID, id), marks()).build();
	}

	/** The entries of a partition that have a vector, and all marks. */
	static Filter.Expression withVector(String partition, long now) {
		Op entries = BUILDER.and(
				BUILDER.and(BUILDER.eq(VectorDocument.PARTITION, partition),
						BUILDER.eq(VectorDocument.VECTOR, VectorDocument.YES)),
				BUILDER.and(BUILDER.eq(VectorDocument.SCHEMA, VectorDocument.SCHEMA_VERSION),
						BUILDER.gt(VectorDocument.EXPIRES, now)));
		return BUILDER.or(BUILDER.group(entries), marks()).build();
	}

	static Filter.Expression allMarks() {
		return marks().build();
	}

	private static Op marks() {
		return BUILDER.eq(VectorDocument.SCHEMA, VectorDocument.MARK);
	}

	/** What an eviction names, and its mark: both are gone at the same moment. */
	static Filter.Expression chosen(CacheEviction eviction) {
		Op mark = BUILDER.eq(VectorDocument.EVICTION, MarkedEvictions.write(eviction));
		return BUILDER.or(entries(eviction), (eviction.kind() == CacheEviction.EvictionKind.ALL) ? marks() : mark)
			.build();
	}

	private static Op entries(CacheEviction eviction) {
		String value = eviction.value();
		return switch (eviction.kind()) {
			case ALL -> anyVersion();
			case ENTRY -> throw new IllegalArgumentException("An entry is removed by its id");
			case GROUP -> BUILDER.eq(VectorDocument.GROUP, value);
			case LABEL -> withLabel(value);
			case PARTITION -> BUILDER.eq(VectorDocument.PARTITION, value);
		};
	}

	/** Entries of this version, and of those before it, which cannot be read any more. */
	private static Op anyVersion() {
		return IntStream.rangeClosed(1, EntryBody.VERSION)
			.mapToObj((version) -> BUILDER.eq(VectorDocument.SCHEMA, "v" + version))
			.reduce(BUILDER::or)
			.orElseThrow();
	}

	private static Op withLabel(String digest) {
		return IntStream.range(0, VectorDocument.MAX_LABELS)
			.mapToObj((i) -> BUILDER.eq(VectorDocument.LABEL + i, digest))
			.reduce(BUILDER::or)
			.orElseThrow();
	}

	static Filter.Expression expiredAt(long now) {
		return BUILDER.and(BUILDER.group(anyVersion()), BUILDER.lte(VectorDocument.EXPIRES, now)).build();
	}

}
