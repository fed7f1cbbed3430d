package io.github.costwise.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.answer.ForeignForms;

/**
 * Writes fields of an answer; what equals the fields before it takes one byte. Not
 * thread-safe.
 */
final class FieldWriter {

	private final BodyWriter out;

	private final List<Map<String, Object>> before = new ArrayList<>(List.of(Map.of(), Map.of(), Map.of()));

	private String id = "";

	private String model;

	FieldWriter(BodyWriter out, String model) {
		this.out = out;
		this.model = model;
	}

	void number(long number) {
		this.out.number(number);
	}

	void name(String name) {
		FieldNames.write(name, this.out);
	}

	void optionalName(@Nullable String name) {
		this.out.number((name != null) ? 1 : 0);
		if (name != null) {
			name(name);
		}
	}

	void head(String id, String model) {
		same(id, this.id);
		this.id = id;
		same(model, this.model);
		this.model = model;
	}

	private void same(String text, String before) {
		this.out.optional(text.equals(before) ? null : text);
	}

	/**
	 * Writes fields.
	 * @param place which kind of fields they are; they are compared with the last ones of
	 * that kind
	 */
	void fields(int place, Map<String, Object> fields) {
		boolean same = fields.equals(this.before.set(place, fields));
		this.out.number(same ? 0 : 1);
		if (!same) {
			map(fields);
		}
	}

	private void map(Map<?, ?> map) {
		this.out.number(map.size());
		new TreeMap<>(map).forEach((key, value) -> {
			name((String) key);
			value(value);
		});
	}

	private void value(Object value) {
		FieldType type = FieldType.of(value, this.id);
		this.out.number(type.ordinal());
		switch (type) {
			case TEXT, BIG_INTEGER, BIG_DECIMAL -> this.out.text(value.toString());
			case NAME -> this.out.number(FieldNames.place((String) value));
			case INTEGER, LONG -> this.out.signed(((Number) value).longValue());
			case DOUBLE -> this.out.fixed(Double.doubleToRawLongBits((Double) value), Long.BYTES);
			case INSTANT -> this.out.signed(((Instant) value).getEpochSecond()).number(((Instant) value).getNano());
			case DURATION -> this.out.signed(((Duration) value).getSeconds()).number(((Duration) value).getNano());
			case BYTES -> this.out.number(((byte[]) value).length).raw((byte[]) value);
			case LIST -> list((List<?>) value);
			case MAP -> map((Map<?, ?>) value);
			case FOREIGN -> {
				name(ForeignForms.name(value));
				this.out.text(ForeignForms.write(value));
			}
			case ID, TRUE, FALSE -> {
				// The type says it all.
			}
		}
	}

	private void list(List<?> list) {
		this.out.number(list.size());
		list.forEach(this::value);
	}

}
