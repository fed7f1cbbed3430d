package io.github.costwise.actuate;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostQuery.Filter;
import io.github.costwise.text.Parts;

/**
 * Reads a query from the parameters of a request. What it does not know it refuses, so
 * that no misspelt filter widens an answer.
 */
final class CostQueryReader {

	private static final Set<String> PERIOD = Set.of("from", "to");

	private static final List<String> OTHERS = List.of("by", "from", "to", "zone", "limit");

	private static final int DEFAULT_ROWS = 1000;

	private static final int MAX_ROWS = 10_000;

	private final Map<String, Object> parameters;

	CostQueryReader(RequestParameters parameters) {
		this.parameters = new TreeMap<>(parameters.values());
	}

	/** Whether there is more than a period. */
	boolean asksForMore() {
		return !PERIOD.containsAll(this.parameters.keySet());
	}

	boolean hasEnd() {
		return Period.isGiven(text("to"));
	}

	/**
	 * Reads the query.
	 * @param clock tells the end of a period that has none
	 * @return the query
	 * @throws org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException
	 * if a parameter is unknown or cannot be read
	 */
	CostQuery read(Clock clock) {
		List<Filter> filters = filters();
		ZoneId zone = zone();
		Period period = Period.parse(text("from"), text("to"), clock, zone);
		int limit = Limits.parse(text("limit"), DEFAULT_ROWS, MAX_ROWS);
		return new CostQuery(period.from(), period.to(), by(), filters, zone, limit);
	}

	private List<CostDimension> by() {
		List<CostDimension> by = new ArrayList<>();
		for (Object given : values("by")) {
			for (String name : Parts.of(String.valueOf(given), ",")) {
				if (!name.isBlank()) {
					by.add(dimension(name.trim()));
				}
			}
		}
		if (new HashSet<>(by).size() < by.size()) {
			throw Period.invalid("'by' must name each dimension once, but is " + by);
		}
		return by;
	}

	private static CostDimension dimension(String name) {
		CostDimension dimension = CostDimension.find(name);
		if (dimension == null) {
			throw new UnknownValueException("There is no dimension '" + name + "'", CostDimension.names());
		}
		return dimension;
	}

	private List<Filter> filters() {
		List<Filter> filters = new ArrayList<>();
		for (String name : this.parameters.keySet()) {
			if (!OTHERS.contains(name)) {
				filters.add(filter(name));
			}
		}
		return filters;
	}

	private Filter filter(String name) {
		CostDimension dimension = CostDimension.find(name);
		if (dimension == null || dimension.isTime() || !dimension.toString().equals(name)) {
			throw new UnknownValueException("There is no parameter '" + name + "'", known());
		}
		String value = text(name);
		if (value == null || value.isEmpty()) {
			return new Filter(dimension, null);
		}
		return new Filter(dimension,
				(dimension.kind() == CostDimension.DimensionKind.PURPOSE) ? purpose(value) : value);
	}

	private static String purpose(String value) {
		List<String> known = Arrays.stream(Purpose.values()).map(Purpose::name).toList();
		String name = value.trim().toUpperCase(Locale.ROOT);
		if (!known.contains(name)) {
			throw new UnknownValueException("There is no purpose '" + value + "'", known);
		}
		return name;
	}

	private static List<String> known() {
		List<String> known = new ArrayList<>(OTHERS);
		known.addAll(CostDimension.names());
		known.removeIf((name) -> name.equals("hour") || name.equals("day"));
		return known;
	}

	private ZoneId zone() {
		String zone = text("zone");
		if (!Period.isGiven(zone)) {
			return ZoneOffset.UTC;
		}
		try {
			return ZoneId.of(String.valueOf(zone).trim());
		}
		catch (DateTimeException ex) {
			throw Period.invalid("'zone' must be a time zone such as Europe/Berlin or +01:00, but is '" + zone + "'");
		}
	}

	private @Nullable String text(String name) {
		List<?> values = values(name);
		if (values.size() > 1) {
			throw Period.invalid("'" + name + "' can be given once");
		}
		Object value = values.isEmpty() ? null : values.get(0);
		return (value != null) ? value.toString() : null;
	}

	private List<?> values(String name) {
		Object value = this.parameters.get(name);
		if (value instanceof List<?> several) {
			return several;
		}
		return (value != null) ? List.of(value) : List.of();
	}

}
