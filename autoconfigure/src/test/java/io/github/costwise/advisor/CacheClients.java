package io.github.costwise.advisor;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

/** What tests of the cache ask of an application. */
final class CacheClients {

	static final String POLICY = "costwise.policies.default.cache.";

	private CacheClients() {
	}

	static ApplicationContextRunner runner(LoopbackProvider provider) {
		return CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(provider))
			.withPropertyValues(POLICY + "mode=enforce");
	}

	static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	static String ask(ApplicationContext context, String question) {
		return String.valueOf(client(context).prompt(question).call().content());
	}

	static Future<String> ask(ApplicationContext context, String question, ExecutorService executor) {
		return executor.submit((Callable<String>) () -> ask(context, question));
	}

	static String stream(ApplicationContext context, String question) {
		List<String> chunks = client(context).prompt(question).stream().content().collectList().block();
		return String.join("", (chunks != null) ? chunks : List.of());
	}

	/** Both forms to ask, for a test that is run with each. */
	static Stream<Arguments> forms() {
		BiFunction<ApplicationContext, String, String> call = CacheClients::ask;
		BiFunction<ApplicationContext, String, String> stream = CacheClients::stream;
		return Stream.of(Arguments.argumentSet("call", call), Arguments.argumentSet("stream", stream));
	}

	static PolicyCounters counters(ApplicationContext context) {
		return context.getBean(ResponseCache.class).statistics().policy("default");
	}

	static List<TurnRecord> turns(ApplicationContext context) {
		return CostwiseRunner.events(context).stream().map((event) -> event.turn()).toList();
	}

	/** Waits for what happens beside the requests. */
	static void await(BooleanSupplier condition) {
		Eventually.holds(condition::getAsBoolean);
	}

	static void awaitStored(ApplicationContext context, long count) {
		await(() -> counters(context).storedAnswers() >= count);
	}

	static void awaitRequests(LoopbackProvider provider, int count) {
		await(() -> provider.requests().size() >= count);
	}

}
