package io.github.costwise.cache.memory;

import java.util.Set;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;

/**
 * One entry in memory. The bytes never change, so that whoever holds a cell reads one
 * entry and no mixture of two.
 */
final class Cell {

	/** Object headers, references and slots around the bytes of an entry. */
	private static final int OVERHEAD = 32 + 16 + 16;

	final byte[] body;

	final Partition partition;

	final Set<CacheLabel> labels;

	/** Where the partition's index keeps the vector; -1 without one. */
	int slot = -1;

	/** Seconds since the store was made; races lose at most one use. */
	int lastUsed;

	Cell(byte[] body, Partition partition, Set<CacheLabel> labels) {
		this.body = body;
		this.partition = partition;
		this.labels = labels;
	}

	boolean isExpired(long now) {
		return EntryBody.expiresAt(this.body) <= now;
	}

	boolean has(long idHigh, long idLow) {
		return EntryBody.idHigh(this.body) == idHigh && EntryBody.idLow(this.body) == idLow;
	}

	boolean isChosenBy(CacheEviction eviction) {
		return switch (eviction.kind()) {
			case ALL -> true;
			case ENTRY -> has(Long.parseUnsignedLong(eviction.value(), 0, 16, 16),
					Long.parseUnsignedLong(eviction.value(), 16, 32, 16));
			case GROUP -> EntryBody.group(this.body) == Long.parseUnsignedLong(eviction.value(), 16);
			case LABEL -> this.labels.contains(new CacheLabel(eviction.value()));
			case PARTITION -> this.partition.name().equals(eviction.value());
		};
	}

	long bytes() {
		return OVERHEAD + this.body.length + EntryBody.dimension(this.body) / Byte.SIZE;
	}

	CacheEntry entry() {
		return EntryBody.decode(this.body, this.partition.name(), this.labels);
	}

}
