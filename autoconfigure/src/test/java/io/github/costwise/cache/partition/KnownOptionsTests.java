package io.github.costwise.cache.partition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class KnownOptionsTests {

	static List<Object> changing() {
		return List.of(new AtomicInteger(1), new ArrayList<>(List.of("END")), new HashMap<>(Map.of("a", 1)), new int[1],
				new StringBuilder("text"), new Object());
	}

	static List<Arguments> others() {
		List<Arguments> others = new ArrayList<>();
		others.add(Arguments.of((Object) values("gpt", null, .7, List.of(), null)));
		others.add(Arguments.of((Object) values("gpt", 5, null, List.of(), Map.of())));
		others.add(Arguments.of((Object) values("gpt", 5L, .7, List.of(), Map.of())));
		others.add(Arguments.of((Object) values("gpt", 5, .7, List.of("END"), Map.of())));
		others.add(Arguments.of((Object) values("gpt", 5, .7, Map.of(), List.of())));
		others.add(Arguments.of((Object) values(new StringBuilder("gpt"), 5, .7, List.of(), Map.of())));
		return others;
	}

	private static @Nullable Object[] values(@Nullable Object... values) {
		return values;
	}

	@Test
	void areThoseOfEqualValues() {
		KnownOptions known = KnownOptions.of(values("gpt", 5, .7, List.of(), Map.of(), null, BigDecimal.ONE), "d");
		assertThat(known).isNotNull();
		assertThat(known.are(values(new StringBuilder("gpt").toString(), 5, .7, new ArrayList<>(), new HashMap<>(),
				null, BigDecimal.ONE)))
			.isTrue();
		assertThat(known.digest()).isEqualTo("d");
	}

	@ParameterizedTest
	@MethodSource("others")
	void areNotThoseOfOtherValues(@Nullable Object[] values) {
		KnownOptions known = KnownOptions.of(values("gpt", 5, .7, List.of(), Map.of()), "d");
		assertThat(known).isNotNull();
		assertThat(known.are(values)).isFalse();
	}

	@ParameterizedTest
	@MethodSource("changing")
	void areNotRememberedWithWhatMayChange(Object value) {
		assertThat(KnownOptions.of(values("gpt", value), "d")).isNull();
	}

	@Test
	void noticeThatACollectionIsNoLongerEmpty() {
		List<String> stop = new ArrayList<>();
		KnownOptions known = KnownOptions.of(values("gpt", stop), "d");
		assertThat(known).isNotNull();
		stop.add("END");
		assertThat(known.are(values("gpt", stop))).isFalse();
	}

}
