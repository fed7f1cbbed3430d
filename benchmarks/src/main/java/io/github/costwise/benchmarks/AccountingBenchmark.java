package io.github.costwise.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import com.openai.models.completions.CompletionUsage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.Attribution;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Price;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.Versions;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

/**
 * Reads a usage and appends a call to the ledger in memory, on two threads. The baseline
 * of appending is adding to one shared counter.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@Threads(2)
public class AccountingBenchmark {

	private final UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());

	private final UsageContext context = new UsageContext("openai", "gpt-5-mini", false, false);

	private final Usage usage = new DefaultUsage(1200, 350, 1550,
			CompletionUsage.builder()
				.promptTokens(1200)
				.completionTokens(350)
				.totalTokens(1550)
				.promptTokensDetails(CompletionUsage.PromptTokensDetails.builder().cachedTokens(1024).build())
				.build(),
			1024L, null);

	private final InMemoryUsageLedger ledger = new InMemoryUsageLedger(InMemoryUsageLedger.Settings.DEFAULTS,
			Clock.systemUTC());

	private final LongAdder counter = new LongAdder();

	private final CallRecord call = new CallRecord(new CallRecord.CallIdentity("1", "1", 1, CallRecord.Purpose.ANSWER),
			new CallRecord.CallTiming(Instant.now(), Duration.ofMillis(800), null, false),
			new CallRecord.CallTarget(CallRecord.Operation.CHAT, "openai", "gpt-5-mini", "gpt-5-mini",
					ServiceTier.STANDARD),
			new CallRecord.SourcedUsage(TokenUsage.of(1200, 350), CallRecord.UsageSource.REPORTED),
			Price.free("benchmark"),
			new CallRecord.CallEnding(CallRecord.Outcome.SUCCEEDED, null, List.of(), CallRecord.Coverage.MANAGED),
			Attribution.NONE, new Versions("default", null, null));

	/**
	 * Reads the native usage of the OpenAI client.
	 * @return the buckets
	 */
	@Benchmark
	public NormalizedUsage normalize() {
		return this.normalizers.normalize(this.usage, this.context);
	}

	/**
	 * Adds to a shared counter.
	 */
	@Benchmark
	public void baselineAppend() {
		this.counter.increment();
	}

	/**
	 * Appends a call.
	 */
	@Benchmark
	public void append() {
		this.ledger.append(this.call);
	}

}
