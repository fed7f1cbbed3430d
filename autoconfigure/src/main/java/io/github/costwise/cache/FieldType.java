package io.github.costwise.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a value of a field is written. Places are written, so types are added at the end
 * only.
 */
enum FieldType {

	TEXT, NAME, ID, TRUE, FALSE, INTEGER, LONG, DOUBLE, BIG_INTEGER, BIG_DECIMAL, INSTANT, DURATION, BYTES, LIST, MAP,
	FOREIGN;

	private static final Map<Class<?>, FieldType> PLAIN = Map.of(Integer.class, INTEGER, Long.class, LONG, Double.class,
			DOUBLE, BigInteger.class, BIG_INTEGER, BigDecimal.class, BIG_DECIMAL, Instant.class, INSTANT,
			Duration.class, DURATION, byte[].class, BYTES);

	private static final FieldType[] TYPES = values();

	static FieldType of(Object value, String id) {
		if (value instanceof String text) {
			return (!id.isEmpty() && text.equals(id)) ? ID : ((FieldNames.place(text) > 0) ? NAME : TEXT);
		}
		if (value instanceof Boolean flag) {
			return flag ? TRUE : FALSE;
		}
		if (value instanceof List) {
			return LIST;
		}
		return (value instanceof Map) ? MAP : PLAIN.getOrDefault(value.getClass(), FOREIGN);
	}

	static FieldType at(long place) {
		if (place < 0 || place >= TYPES.length) {
			throw BodyReader.damaged();
		}
		return TYPES[(int) place];
	}

}
