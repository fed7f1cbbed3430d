package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UsageNormalizer} must hold, over seeded random bodies of its
 * provider.
 */
public abstract class UsageNormalizerContract {

	private static final int BODIES = 500;

	final Faults faults = new Faults();

	UsageNormalizers normalizers;

	/** Returns normalisers of one's own, which come before those of Costwise. */
	protected List<UsageNormalizer> own() {
		return List.of();
	}

	/** Returns a random body that does not contradict itself, as the provider's JSON. */
	protected abstract Map<String, Object> body(Random random);

	/** Returns the whole prompt and the whole output that the provider would bill. */
	protected abstract long[] billed(Map<String, Object> body);

	/** Returns the name of the provider. */
	protected abstract String provider();

	/** Returns the same body as the provider's client gives it, where there is one. */
	protected Object typed(Map<String, Object> body) throws Exception {
		return body;
	}

	@BeforeEach
	void createNormalizers() {
		this.normalizers = new UsageNormalizers(own(), this.faults);
	}

	@Test
	void bucketsAddUpToWhatTheProviderBills() {
		Random random = new Random(42);
		for (int i = 0; i < BODIES; i++) {
			Map<String, Object> body = body(random);
			TokenUsage usage = normalize(body).usage();
			assertThat(new long[] { usage.promptTokens(), usage.outputTokens() }).as("%s", body)
				.isEqualTo(billed(body));
			assertThat(sum(usage)).isEqualTo(usage.promptTokens() + usage.outputTokens());
		}
		assertThat(this.faults.count(Faults.Kind.USAGE)).isZero();
	}

	@Test
	void clientClassesGiveTheSameAsTheJson() throws Exception {
		Random random = new Random(43);
		for (int i = 0; i < BODIES; i++) {
			Map<String, Object> body = body(random);
			assertThat(normalize(typed(body)).usage()).as("%s", body).isEqualTo(normalize(body).usage());
		}
	}

	@Test
	void brokenBodiesAreNeverNegativeAndNeverThrow() {
		Random random = new Random(44);
		for (int i = 0; i < BODIES * 4; i++) {
			Map<String, Object> body = broken(body(random), random);
			TokenUsage usage = normalize(body).usage();
			for (BilledUnit unit : BilledUnit.values()) {
				assertThat(usage.get(unit)).as("%s of %s", unit, body).isNotNegative();
			}
		}
		assertThat(this.faults.count(Faults.Kind.USAGE)).isZero();
	}

	@Test
	void explicitZerosAreReportedZeros() {
		NormalizedUsage zero = normalize(zeros(body(new Random(45))));
		assertThat(zero.usage()).isEqualTo(TokenUsage.NONE);
		assertThat(zero.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void unknownFieldsAreIgnored() {
		Random random = new Random(46);
		Map<String, Object> body = body(random);
		Map<String, Object> more = new LinkedHashMap<>(body);
		more.put("brand_new_tokens", 999);
		more.put("brand_new_details", Map.of("cached_tokens", 999, "list", List.of(1, "two")));
		assertThat(normalize(more)).isEqualTo(normalize(body));
	}

	@Test
	void usageThatWasNotReportedIsNone() {
		assertThat(this.normalizers.normalize(new EmptyUsage(), context()).source()).isEqualTo(UsageSource.NONE);
		assertThat(this.normalizers.normalize(new DefaultUsage(0, 0), context()).source()).isEqualTo(UsageSource.NONE);
		assertThat(this.normalizers.normalize(null, context()).source()).isEqualTo(UsageSource.NONE);
	}

	final NormalizedUsage normalize(Object body) {
		return this.normalizers.normalize(new DefaultUsage(0, 0, 0, body), context());
	}

	final NormalizedUsage normalize(Object body, UsageContext context) {
		return this.normalizers.normalize(new DefaultUsage(0, 0, 0, body), context);
	}

	final UsageContext context() {
		return new UsageContext(provider(), "some-model", false, false);
	}

	static long sum(TokenUsage usage) {
		long sum = 0;
		for (BilledUnit unit : BilledUnit.values()) {
			sum += unit.isToken() ? usage.get(unit) : 0;
		}
		return sum;
	}

	protected static long number(Map<String, Object> body, String name) {
		return (body.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> zeros(Map<String, Object> body) {
		Map<String, Object> zeros = new LinkedHashMap<>();
		body.forEach((name, value) -> {
			if (value instanceof Number) {
				zeros.put(name, 0);
			}
			else if (value instanceof Map<?, ?> child) {
				zeros.put(name, zeros((Map<String, Object>) child));
			}
		});
		return zeros;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> broken(Map<String, Object> body, Random random) {
		Map<String, Object> broken = new HashMap<>();
		body.forEach((name, value) -> broken.put(name,
				(value instanceof Map<?, ?> child) ? broken((Map<String, Object>) child, random) : value));
		String victim = new ArrayList<>(broken.keySet()).get(random.nextInt(broken.size()));
		Object[] values = { -1, Long.MAX_VALUE, Long.MIN_VALUE, "many", List.of("x"), Map.of("y", 1), 3.7, true,
				random.nextInt(100_000) };
		broken.put(victim, values[random.nextInt(values.length)]);
		if (random.nextInt(4) == 0) {
			broken.remove(victim);
		}
		return broken;
	}

}
