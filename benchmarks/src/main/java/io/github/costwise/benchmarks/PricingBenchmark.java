package io.github.costwise.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.ReportedBounds;
import io.github.costwise.pricing.StandardPriceCatalog;
import io.github.costwise.pricing.UnknownModelPolicy;

/**
 * Prices one call. The baseline is the bare decimal arithmetic of the same amount,
 * without finding a price, choosing a tier or splitting the amount.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PricingBenchmark {

	private final CostCalculator calculator = new CostCalculator(new StandardPriceCatalog(), UnknownModelPolicy.WARN,
			ReportedBounds.defaults());

	private final ModelId model = new ModelId("openai", "gpt-5-mini");

	private final ModelId dated = new ModelId("openai", "gpt-5-mini-2025-08-07");

	private final Instant at = Instant.now();

	private final TokenUsage usage = TokenUsage.builder()
		.add(BilledUnit.INPUT, 176)
		.add(BilledUnit.CACHE_READ, 1024)
		.add(BilledUnit.OUTPUT, 350)
		.build();

	private final BigDecimal input = new BigDecimal("0.25");

	private final BigDecimal cached = new BigDecimal("0.025");

	private final BigDecimal output = new BigDecimal("2");

	/**
	 * Multiplies and adds.
	 * @return nano-dollars
	 */
	@Benchmark
	public long baseline() {
		return this.input.multiply(BigDecimal.valueOf(this.usage.get(BilledUnit.INPUT)))
			.add(this.cached.multiply(BigDecimal.valueOf(this.usage.get(BilledUnit.CACHE_READ))))
			.add(this.output.multiply(BigDecimal.valueOf(this.usage.get(BilledUnit.OUTPUT))))
			.movePointRight(3)
			.setScale(0, RoundingMode.HALF_EVEN)
			.longValueExact();
	}

	/**
	 * Prices a call of a model by its catalogue name.
	 * @return the price
	 */
	@Benchmark
	public Price price() {
		return this.calculator.price(this.model, this.at, this.usage, ServiceTier.STANDARD);
	}

	/**
	 * Prices a call of a model by a dated name.
	 * @return the price
	 */
	@Benchmark
	public Price priceByDatedName() {
		return this.calculator.price(this.dated, this.at, this.usage, ServiceTier.STANDARD);
	}

}
