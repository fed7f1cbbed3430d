package io.github.costwise.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.costwise.model.ModelId;

/**
 * Entries of one origin.
 *
 * @param entries the entries
 * @param history until when rows of weaker layers that have ended keep telling what
 * prices were
 */
record CatalogLayer(Collection<CatalogEntry> entries, Instant history) {

	private static final Comparator<CatalogEntry> YOUNGEST_FIRST = Comparator
		.comparing((CatalogEntry entry) -> entry.from())
		.reversed();

	Map<ModelId, List<CatalogEntry>> byModel() {
		Map<ModelId, List<CatalogEntry>> models = new LinkedHashMap<>();
		for (CatalogEntry entry : this.entries) {
			List<CatalogEntry> rows = models.get(entry.id());
			if (rows == null) {
				models.put(entry.id(), List.of(entry));
			}
			else {
				List<CatalogEntry> more = new ArrayList<>(rows);
				more.add(entry);
				more.sort(YOUNGEST_FIRST);
				models.put(entry.id(), more);
			}
		}
		return models;
	}

	List<CatalogEntry> over(List<CatalogEntry> weaker, List<CatalogEntry> own) {
		Map<Boolean, List<CatalogEntry>> ended = weaker.stream()
			.collect(Collectors.partitioningBy((entry) -> !entry.until().isAfter(this.history)));
		return Stream.of(ended.getOrDefault(true, List.of()), own, ended.getOrDefault(false, List.of()))
			.flatMap(List::stream)
			.toList();
	}

}
