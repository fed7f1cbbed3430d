package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetCounts;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.CallRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.time.Time;

/**
 * Applications with budgets whose model costs one US dollar a million input tokens and
 * ten a million output tokens, and whose usual call costs two cents.
 */
final class BudgetClients {

	/** Input and output tokens of the usual call. */
	static final String USUAL = usage(1000, 1900);

	static final long CENT = 10_000_000;

	private BudgetClients() {
	}

	static String usage(int input, int output) {
		return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
				+ (input + output) + "}";
	}

	static ApplicationContextRunner runner(LoopbackProvider provider) {
		return runner(provider, Duration.ofSeconds(20));
	}

	static ApplicationContextRunner runner(LoopbackProvider provider, Duration timeout) {
		return CostwiseRunner.create()
			.withBean("p", ChatModel.class,
					() -> LoopbackModels.openAi(provider, (options) -> options.model("p").timeout(timeout),
							ObservationRegistry.NOOP, List.of()))
			.withPropertyValues("costwise.accounting.providers[127.0.0.1]=openai",
					"costwise.pricing.models[0].provider=openai", "costwise.pricing.models[0].model=p",
					"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].cache-read=0.1",
					"costwise.pricing.models[0].output=10");
	}

	static Answer usual() {
		return Answer.text("yes").usage(USUAL);
	}

	static OpenAiChatOptions.Builder asking(int maxTokens) {
		return OpenAiChatOptions.builder().maxTokens(maxTokens);
	}

	static String ask(ApplicationContext context) {
		return ask(context, 1900);
	}

	static String ask(ApplicationContext context, int maxTokens) {
		return String.valueOf(context.getBean(ChatClient.Builder.class)
			.build()
			.prompt("Hello?")
			.options(asking(maxTokens))
			.call()
			.content());
	}

	static String ask(ApplicationContext context, boolean streamed) {
		return streamed ? stream(context) : ask(context);
	}

	static String stream(ApplicationContext context) {
		return String.join("",
				context.getBean(ChatClient.Builder.class)
					.build()
					.prompt("Hello?")
					.options(asking(1900))
					.stream()
					.content()
					.collectList()
					.blockOptional()
					.orElseThrow());
	}

	/** Returns how many of many callers got an answer; the others were refused. */
	static int passed(ExecutorService executor, int callers, Runnable call) throws InterruptedException {
		AtomicInteger passed = new AtomicInteger();
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			all.add(executor.submit(() -> {
				call.run();
				passed.incrementAndGet();
			}));
		}
		for (Future<?> one : all) {
			try {
				one.get();
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof BudgetExceededException)) {
					throw new IllegalStateException(ex.getCause());
				}
			}
		}
		return passed.get();
	}

	/** How many calls a budget has refused, for whatever reason. */
	static long refused(ApplicationContext context, String budget) {
		BudgetCounts counts = context.getBean(Budgets.class).counts();
		return Arrays.stream(BudgetRefusal.values()).mapToLong((why) -> counts.refusals(budget, why)).sum();
	}

	static BudgetState state(ApplicationContext context, String budget) {
		Budgets budgets = context.getBean(Budgets.class);
		Budget known = budgets.all().stream().filter((one) -> one.id().equals(budget)).findFirst().orElseThrow();
		List<BudgetState> states = budgets.store().states(known.id(), context.getBean(Time.class).now(), 10);
		return states.get(0);
	}

	static long booked(ApplicationContext context) {
		return CostwiseRunner.calls(context)
			.stream()
			.mapToLong((CallRecord call) -> call.price().amount().nanos())
			.sum();
	}

}
