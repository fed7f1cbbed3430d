package io.github.costwise.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.answer.ForeignForms;

/** Reads what {@link FieldWriter} wrote. Not thread-safe. */
final class FieldReader {

	private final BodyReader in;

	private final List<Map<String, Object>> before = new ArrayList<>(List.of(Map.of(), Map.of(), Map.of()));

	private String id = "";

	private String model;

	FieldReader(BodyReader in, String model) {
		this.in = in;
		this.model = model;
	}

	long number() {
		return this.in.number();
	}

	int count() {
		return this.in.count();
	}

	String name() {
		return FieldNames.read(this.in);
	}

	@Nullable String optionalName() {
		return (this.in.number() != 0) ? name() : null;
	}

	String id() {
		String text = this.in.optional();
		this.id = (text != null) ? text : this.id;
		return this.id;
	}

	String model() {
		String text = this.in.optional();
		this.model = (text != null) ? text : this.model;
		return this.model;
	}

	Map<String, Object> fields(int place) {
		if (this.in.number() != 0) {
			this.before.set(place, map());
		}
		return this.before.get(place);
	}

	private Map<String, Object> map() {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = this.in.count(); i > 0; i--) {
			map.put(name(), value());
		}
		return map;
	}

	private Object value() {
		return switch (FieldType.at(this.in.number())) {
			case TEXT -> this.in.text();
			case NAME -> known();
			case ID -> this.id;
			case TRUE -> true;
			case FALSE -> false;
			case INTEGER -> (int) this.in.signed();
			case LONG -> this.in.signed();
			case DOUBLE -> Double.longBitsToDouble(this.in.fixed(Long.BYTES));
			case BIG_INTEGER -> new BigInteger(this.in.text());
			case BIG_DECIMAL -> new BigDecimal(this.in.text());
			case INSTANT -> Instant.ofEpochSecond(this.in.signed(), this.in.number());
			case DURATION -> Duration.ofSeconds(this.in.signed(), this.in.number());
			case BYTES -> this.in.raw(this.in.count());
			case LIST -> list();
			case MAP -> map();
			case FOREIGN -> ForeignForms.read(name(), this.in.text());
		};
	}

	private String known() {
		String name = FieldNames.at(this.in.number());
		if (name == null) {
			throw BodyReader.damaged();
		}
		return name;
	}

	private List<Object> list() {
		List<Object> list = new ArrayList<>();
		for (int i = this.in.count(); i > 0; i--) {
			list.add(value());
		}
		return list;
	}

}
