package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.DefaultChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.SeenRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * A managed client asks as it would without Costwise, but for the two advisors, and what
 * is not Spring AI's own is left unchanged.
 */
@Tag("chain")
class ManagedClientTests {

	private final LoopbackProvider server = new LoopbackProvider().handler((request) -> Answer.text("hi"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.server));

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void everyDefaultReachesTheRequest() {
		for (UnaryOperator<ChatClient.Builder> defaults : defaults()) {
			this.runner
				.withBean("client", ChatClient.class,
						() -> defaults.apply(ChatClient.builder(LoopbackModels.openAi(this.server))).build())
				.run((context) -> {
					ChatClient plain = defaults.apply(ChatClient.builder(LoopbackModels.openAi(this.server))).build();
					ChatClient managed = context.getBean("client", ChatClient.class);
					assertSame(managed.prompt(), plain.prompt());
					assertSame(managed.prompt("Q"), plain.prompt("Q"));
					assertSame(managed.mutate().build().prompt(), plain.mutate().build().prompt());
					assertSame(managed.prompt().system("own").mutate().build().prompt(),
							plain.prompt().system("own").mutate().build().prompt());
				});
		}
	}

	private static List<UnaryOperator<ChatClient.Builder>> defaults() {
		return List.of((builder) -> builder,
				(builder) -> builder.defaultSystem((system) -> system.param("name", "Ada")),
				(builder) -> builder.defaultSystem(
						(system) -> system.text("You are {name}.").param("name", "Ada").metadata("version", "7")),
				(builder) -> builder.defaultUser((user) -> user.text("Hi {name}")
					.param("name", "Bob")
					.metadata("locale", "de")
					.media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }))),
				(builder) -> builder.defaultUser(
						(user) -> user.media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }))),
				(builder) -> builder
					.defaultOptions(OpenAiChatOptions.builder().model("gpt-4o").temperature(.5).maxTokens(7)),
				(builder) -> builder.defaultTools(new Clock()).defaultToolContext(Map.of("zone", "UTC")),
				(builder) -> builder.defaultTools(tool("a"), ToolCallbackProvider.from(tool("b"))),
				(builder) -> builder.defaultAdvisors(new SimpleLoggerAdvisor()),
				(builder) -> builder.defaultAdvisors((advisors) -> advisors.param("own", "value")),
				(builder) -> builder.defaultTemplateRenderer((template, variables) -> template + variables.get("name"))
					.defaultSystem((system) -> system.text("I am ").param("name", "Ada")));
	}

	private static void assertSame(ChatClientRequestSpec managed, ChatClientRequestSpec plain) {
		SeenRequest with = SeenRequest.of(managed.user("Q"));
		SeenRequest without = SeenRequest.of(plain.user("Q"));
		assertThat(messages(with)).isEqualTo(messages(without));
		assertThat(options(with)).isEqualTo(options(without));
		Map<String, @Nullable Object> context = new HashMap<>(with.request().context());
		context.remove(ScopeCapture.CAPTURED);
		assertThat(context).isEqualTo(without.request().context());
		assertThat(classes(with.advisors())).filteredOn((name) -> !name.startsWith("io.github.costwise"))
			.isEqualTo(classes(without.advisors()));
		assertThat(classes(with.advisors())).filteredOn((name) -> name.startsWith("io.github.costwise"))
			.containsExactly(CostTurnAdvisor.class.getName(), CostCallAdvisor.class.getName());
	}

	private static List<Object> messages(SeenRequest seen) {
		List<Object> all = new ArrayList<>();
		for (Message message : seen.request().prompt().getInstructions()) {
			all.add(List.of(message.getMessageType(), String.valueOf(message.getText()), message.getMetadata(),
					(message instanceof UserMessage user) ? user.getMedia().stream().map(Media::getMimeType).toList()
							: List.of()));
		}
		return all;
	}

	private static List<Object> options(SeenRequest seen) {
		OpenAiChatOptions options = (OpenAiChatOptions) seen.request().prompt().getOptions();
		List<ToolCallback> tools = options.getToolCallbacks();
		return List.of(String.valueOf(options.getModel()), String.valueOf(options.getTemperature()),
				String.valueOf(options.getMaxTokens()), String.valueOf(options.getToolContext()),
				(tools != null) ? tools.stream().map((tool) -> tool.getToolDefinition().name()).toList() : List.of());
	}

	private static List<String> classes(List<? extends Advisor> advisors) {
		return advisors.stream().map((advisor) -> advisor.getClass().getName()).toList();
	}

	@Test
	void keptRequestCarriesEachAdvisorOnceAndNoCaller() {
		this.runner.run((context) -> {
			ChatClientRequestSpec kept = context.getBean(ChatClientManager.class)
				.manage(ChatClient.create(context.getBean(ChatModel.class)))
				.prompt("Q");
			kept.call().content();
			kept.stream().content().blockLast();
			ChatClient mutated = kept.mutate().build();
			assertThat(classes(SeenRequest.of(mutated).advisors())).filteredOn((name) -> name.contains("costwise"))
				.hasSize(2);
			assertThat(CostwiseRunner.calls(context)).hasSize(2);
		});
	}

	@Test
	void mocksAreLeftUnchanged() {
		ChatClient client = mock(ChatClient.class);
		ChatClient.Builder builder = mock(ChatClient.Builder.class);
		this.runner.withBean("mocked", ChatClient.class, () -> client)
			.withBean("mockedBuilder", ChatClient.Builder.class, () -> builder)
			.run((context) -> {
				assertThat(context.getBean("mocked")).isSameAs(client);
				assertThat(context.getBean("mockedBuilder")).isSameAs(builder);
				verifyNoInteractions(client, builder);
			});
	}

	@Test
	void clientOfAnotherClassIsLeftUnchanged() {
		this.runner.withBean("own", ChatClient.class, () -> new OwnClient(LoopbackModels.openAi(this.server)))
			.run((context) -> {
				assertThat(context.getBean("own")).isExactlyInstanceOf(OwnClient.class);
				assertThat(context.getBean("own", ChatClient.class).prompt("Q").call().content()).isEqualTo("hi");
				assertThat(CostwiseRunner.calls(context)).isEmpty();
			});
	}

	@Test
	void clientThatIsInjectedAsItsClassIsLeftUnchanged() {
		this.runner.withUserConfiguration(ByClass.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(User.class).client()).isSameAs(context.getBean(DefaultChatClient.class));
		});
	}

	@Test
	void clientBehindAnAspectIsManaged() {
		List<String> seen = new ArrayList<>();
		this.runner.withBean("watched", ChatClient.class, () -> {
			ProxyFactory proxy = new ProxyFactory(ChatClient.create(LoopbackModels.openAi(this.server)));
			proxy.addAdvice((MethodInterceptor) (invocation) -> {
				seen.add(invocation.getMethod().getName());
				return invocation.proceed();
			});
			return (ChatClient) proxy.getProxy();
		}).run((context) -> {
			assertThat(seen).isEmpty();
			context.getBean("watched", ChatClient.class).prompt("Q").call().content();
			assertThat(seen).containsExactly("prompt");
			assertThat(CostwiseRunner.calls(context)).singleElement()
				.extracting((call) -> call.ending().coverage())
				.isEqualTo(Coverage.UNATTRIBUTED);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "enforce", "observe" })
	void clientOfAScopeIsManagedWhereTheScopeIsActive(String mode) {
		this.runner.withUserConfiguration(Scoped.class).withPropertyValues("costwise.mode=" + mode).run((context) -> {
			assertThat(context).hasNotFailed();
			Ticket ticket = context.getBean(Ticket.class);
			for (String name : List.of("client", "byInterface")) {
				ticket.active = true;
				assertThat(context.getBean(name, ChatClient.class).prompt("Q").call().content()).isEqualTo("hi");
				ticket.active = false;
			}
			assertThat(context.getBean("builder", ChatClient.Builder.class)).isNotNull();
			assertThat(CostwiseRunner.calls(context)).hasSize(2);
		});
	}

	private static ToolCallback tool(String name) {
		return FunctionToolCallback.builder(name, (String input) -> input)
			.description("A tool")
			.inputType(String.class)
			.build();
	}

	static class Clock {

		@Tool(description = "Tells the time")
		public String time() {
			return "noon";
		}

	}

	static class OwnClient extends DefaultChatClient {

		OwnClient(ChatModel model) {
			super((DefaultChatClientRequestSpec) ChatClient.create(model).prompt());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByClass {

		@Bean
		DefaultChatClient client(ChatModel model) {
			return (DefaultChatClient) ChatClient.create(model);
		}

		@Bean
		User user(DefaultChatClient client) {
			return new User(client);
		}

	}

	record User(DefaultChatClient client) {

	}

	/** Says whether its scope is active. */
	static class Ticket implements org.springframework.beans.factory.config.Scope {

		private boolean active;

		@Override
		public Object get(String name, ObjectFactory<?> factory) {
			if (!this.active) {
				throw new IllegalStateException("No request is active");
			}
			return factory.getObject();
		}

		@Override
		public @Nullable Object remove(String name) {
			return null;
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		static Ticket ticket() {
			return new Ticket();
		}

		@Bean
		static CustomScopeConfigurer scopes(Ticket ticket) {
			CustomScopeConfigurer scopes = new CustomScopeConfigurer();
			scopes.addScope("ticket", ticket);
			return scopes;
		}

		@Bean
		@Scope(scopeName = "ticket", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatClient client(ChatModel model) {
			return ChatClient.create(model);
		}

		@Bean
		@Scope(scopeName = "ticket", proxyMode = ScopedProxyMode.INTERFACES)
		ChatClient byInterface(ChatModel model) {
			return ChatClient.create(model);
		}

		@Bean
		@Scope(scopeName = "ticket", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatClient.Builder builder(ChatModel model) {
			return ChatClient.builder(model);
		}

	}

}
