package io.github.costwise.budget.redis;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link RedisDurability}.
 */
@Tag("unit")
class RedisDurabilityTests {

	@Test
	void settingsOfEachServerCount() {
		assertThat(RedisDurability.warnings(Map.of("a.", "noeviction", "b.", "volatile-lru"),
				Map.of("a.", "3600 1", "b.", ""), Map.of("a.", "no", "b.", "no")))
			.satisfiesExactly((one) -> assertThat(one).contains("maxmemory-policy").contains("volatile-lru"),
					(two) -> assertThat(two).contains("appendonly"));
	}

	@Test
	void eitherKindOfFileIsEnough() {
		assertThat(RedisDurability.warnings(Map.of("", "noeviction"), Map.of("", ""), Map.of("", "yes"))).isEmpty();
		assertThat(RedisDurability.warnings(Map.of("", "noeviction"), Map.of("", "60 1"), Map.of("", "no"))).isEmpty();
		assertThat(RedisDurability.warnings(Map.of(), Map.of(), Map.of())).isEmpty();
	}

}
