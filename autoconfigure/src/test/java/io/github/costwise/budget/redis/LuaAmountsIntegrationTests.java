package io.github.costwise.budget.redis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the arithmetic of scripts against that of {@link BigInteger}.
 */
@RequiresRealPart(RealPart.REDIS)
class LuaAmountsIntegrationTests {

	private static final String CALCULATE = """

			local answer = {}
			for i = 1, #ARGV, 3 do
			  local a, b, by = read(ARGV[i]), read(ARGV[i + 1]), tonumber(ARGV[i + 2])
			  answer[#answer + 1] = text(a)
			  answer[#answer + 1] = text(a + b)
			  answer[#answer + 1] = text(a - b)
			  answer[#answer + 1] = text(-a)
			  answer[#answer + 1] = less(a, b) and '1' or '0'
			  answer[#answer + 1] = same(a, b) and '1' or '0'
			  answer[#answer + 1] = isZero(a - b) and '1' or '0'
			  answer[#answer + 1] = text(least(a, b))
			  answer[#answer + 1] = text(most(a, b))
			  answer[#answer + 1] = text(divided(a, by))
			  answer[#answer + 1] = text(times(divided(read(ARGV[i]), by), by))
			end
			return answer
			""";

	private static final long[] EDGES = { 0, 1, 999_999_999, 1_000_000_000, 999_999_999_999_999L,
			1_000_000_000_000_000L, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, 9_000_000_000_000_000L,
			Long.MAX_VALUE / 4, Long.MAX_VALUE / 2 - 1 };

	private final Random random = new Random(42);

	@Test
	void amountsAreExact() {
		try (JedisPooled redis = new JedisPooled(RealParts.redis())) {
			for (int round = 0; round < 60; round++) {
				List<String> given = new ArrayList<>();
				List<String> expected = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					long a = amount();
					long b = (this.random.nextInt(10) == 0) ? a : amount();
					int by = 1 + this.random.nextInt((this.random.nextBoolean()) ? 1_000 : Integer.MAX_VALUE - 1);
					given.addAll(List.of(String.valueOf(a), String.valueOf(b), String.valueOf(by)));
					expected.addAll(calculated(a, b, by));
				}
				List<?> answer = (List<?>) redis.eval(BudgetScript.read("amounts") + CALCULATE, List.of(), given);
				assertThat(answer.stream().map(LuaAmountsIntegrationTests::text).toList()).isEqualTo(expected);
			}
		}
	}

	private static String text(Object part) {
		return (part instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(part);
	}

	private long amount() {
		long size = switch (this.random.nextInt(4)) {
			case 0 -> EDGES[this.random.nextInt(EDGES.length)];
			case 1 -> this.random.nextInt(1_000_000);
			case 2 -> Math.max(0, Long.MAX_VALUE / 4 - this.random.nextInt(1_000));
			default -> this.random.nextLong() >>> (2 + this.random.nextInt(60));
		};
		return this.random.nextBoolean() ? size : -size;
	}

	private static List<String> calculated(long first, long second, int by) {
		BigInteger a = BigInteger.valueOf(first);
		BigInteger b = BigInteger.valueOf(second);
		BigInteger divided = BigInteger.valueOf(Math.floorDiv(first, by));
		return List.of(a.toString(), a.add(b).toString(), a.subtract(b).toString(), a.negate().toString(),
				(first < second) ? "1" : "0", (first == second) ? "1" : "0", (first == second) ? "1" : "0",
				a.min(b).toString(), a.max(b).toString(), divided.toString(),
				divided.multiply(BigInteger.valueOf(by)).toString());
	}

}
