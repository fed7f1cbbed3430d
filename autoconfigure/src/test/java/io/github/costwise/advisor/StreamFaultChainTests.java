package io.github.costwise.advisor;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.time.Ticker;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams whose next step finds no thread, or no timer, or the wrong thread: they end.
 */
@Timeout(60)
@Tag("chain")
class StreamFaultChainTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String HOOK = "stream-faults";

	private final AtomicBoolean stopped = new AtomicBoolean();

	/** Whether its options were read on an event loop, each time. */
	private final List<Boolean> seen = new CopyOnWriteArrayList<>();

	private final FailureClassifier classifier = (error) -> (error instanceof IllegalArgumentException)
			? new Failure(FailureKind.RATE_LIMITED, Duration.ofMillis(20), 429) : null;

	private volatile boolean timers = true;

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("one", ChatModel.class, () -> new Down())
		.withBean("failures", FailureClassifier.class, () -> this.classifier)
		.withBean("time", Time.class, this::time)
		.withPropertyValues("costwise.chat.default-model=one", "costwise.policies.default.routing.mode=enforce",
				"costwise.policies.default.fallback.enabled=true",
				"costwise.routing.tiers.standard.targets[0].bean=one",
				"costwise.routing.tiers.standard.targets[0].model=m1");

	@AfterEach
	void letTasksBe() {
		Schedulers.resetOnScheduleHook(HOOK);
	}

	/** Its timers take nothing once the application stops. */
	private Time time() {
		Time real = new Background(new Faults()).time();
		return new Time(Clock.systemUTC(), Ticker.systemTicker(), (task, delay) -> {
			if (!this.timers && this.stopped.get()) {
				throw new RejectedExecutionException("stopped");
			}
			return real.timers().schedule(task, delay);
		});
	}

	private static Flux<String> texts(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build().prompt("Q?").stream().content();
	}

	@Test
	void waitThatCannotBeMadeEndsTheStreamWithWhatFailed() {
		this.timers = false;
		this.runner.run((context) -> {
			StepVerifier.create(texts(context)).expectErrorMessage("down").verify(LIMIT);
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome).containsExactly(TurnOutcome.FAILED);
		});
	}

	@Test
	void streamEndsWhenNoThreadTakesItsNextStep() {
		Schedulers.onScheduleHook(HOOK, (task) -> {
			if (this.stopped.get() && Schedulers.isInNonBlockingThread()) {
				throw new RejectedExecutionException("stopped");
			}
			return task;
		});
		this.runner.run((context) -> {
			StepVerifier.create(texts(context)).expectError(RejectedExecutionException.class).verify(LIMIT);
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome).containsExactly(TurnOutcome.FAILED);
		});
	}

	@Test
	void nextAttemptIsPreparedOnNoEventLoop() {
		this.runner.run((context) -> {
			StepVerifier.create(texts(context)).expectError().verify(LIMIT);
			assertThat(this.seen).hasSizeGreaterThan(1).doesNotContain(true);
		});
	}

	/** Fails when the application stops. */
	private final class Down extends OwnModel {

		private Down() {
			super("down");
		}

		@Override
		public ChatOptions getOptions() {
			StreamFaultChainTests.this.seen.add(Schedulers.isInNonBlockingThread());
			return ChatOptions.builder().model("m1").build();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.error(() -> {
				StreamFaultChainTests.this.stopped.set(true);
				return new IllegalArgumentException("down");
			});
		}

	}

}
