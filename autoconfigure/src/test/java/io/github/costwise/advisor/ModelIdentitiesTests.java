package io.github.costwise.advisor;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.setup.OpenAiSetup;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.web.client.RestClient;

import io.github.costwise.advisor.anthropic.AnthropicModelServer;
import io.github.costwise.advisor.google.GoogleModelServer;
import io.github.costwise.advisor.openai.OpenAiModelServer;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.HidingClassLoader;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** The models behind clients, told from each other. */
@Tag("chain")
class ModelIdentitiesTests {

	private final LoopbackProvider one = new LoopbackProvider();

	private final LoopbackProvider two = new LoopbackProvider();

	private final Map<String, ChatModel> beans = new HashMap<>();

	private final Faults faults = new Faults();

	private final ModelIdentities identities = identities(Map.of());

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
	}

	private ModelIdentities identities(Map<String, String> named) {
		return new ModelIdentities(this::nameOf, List.of(new OpenAiModelServer(), new AnthropicModelServer(),
				new GoogleModelServer(), new SpringModelServer()), new ModelIdentities.Naming(named, "shop"),
				this.faults);
	}

	private @Nullable String nameOf(ChatModel model) {
		return this.beans.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == model)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	private @Nullable String call(ChatModel model) {
		return this.identities.of(chain(model, false));
	}

	private @Nullable String stream(ChatModel model) {
		return this.identities.of(chain(model, true));
	}

	private static List<Advisor> chain(ChatModel model, boolean streamed) {
		Advisor terminal = streamed ? ChatModelStreamAdvisor.builder().chatModel(model).build()
				: ChatModelCallAdvisor.builder().chatModel(model).build();
		return List.of(new SimpleLoggerAdvisor(), terminal);
	}

	@Test
	void modelWhoseFieldsCannotBeReadIsIdentifiedByItsBean() throws Exception {
		ClassLoader loader = new HidingClassLoader(List.of(NotThere.class.getName()));
		ChatModel model = (ChatModel) loader.loadClass(HalfThere.class.getName())
			.getDeclaredConstructor()
			.newInstance();
		assertThat(call(model)).isNull();
		this.beans.put("half", model);
		assertThat(call(model)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void modelsOfSpringAreIdentifiedByServerAndModel(boolean streamed) {
		List<String> seen = new ArrayList<>();
		for (LoopbackProvider server : List.of(this.one, this.two)) {
			for (ChatModel model : List.of(LoopbackModels.openAi(server), LoopbackModels.anthropic(server),
					LoopbackModels.google(server), LoopbackModels.ollama(server))) {
				String identity = this.identities.of(chain(model, streamed));
				assertThat(identity).as("%s", model.getClass()).isNotNull();
				assertThat(this.identities.of(chain(model, streamed))).isEqualTo(identity);
				seen.add(identity);
			}
		}
		assertThat(seen).doesNotHaveDuplicates();
		assertThat(call(LoopbackModels.openAi(this.one))).isEqualTo(call(LoopbackModels.openAi(this.one)));
		assertThat(call(LoopbackModels.ollama(this.one))).isEqualTo(call(LoopbackModels.ollama(this.one)));
		assertThat(call(LoopbackModels.google(this.one))).isEqualTo(call(LoopbackModels.google(this.one)));
		assertThat(call(LoopbackModels.anthropic(this.one))).isEqualTo(call(LoopbackModels.anthropic(this.one)));
	}

	@Test
	void clientsThatTheApplicationBuiltAreIdentifiedByTheirServers() {
		OpenAiChatModel first = built(this.one, this.one, Map.of());
		OpenAiChatModel second = built(this.two, this.two, Map.of());
		assertThat(first.getOptions().getBaseUrl()).isEqualTo(second.getOptions().getBaseUrl());
		assertThat(call(first)).isNotNull().isNotEqualTo(call(second));
		assertThat(stream(first)).isNotNull().isNotEqualTo(stream(second));
		assertThat(call(first)).isEqualTo(stream(first));
		assertThat(call(built(this.one, this.one, Map.of("x-route", "b")))).isNotEqualTo(call(first));
	}

	@Test
	void callsAndStreamsMayGoToServersOfTheirOwn() {
		OpenAiChatModel split = built(this.one, this.two, Map.of());
		assertThat(call(split)).isEqualTo(call(built(this.one, this.one, Map.of())));
		assertThat(stream(split)).isEqualTo(stream(built(this.two, this.two, Map.of()))).isNotEqualTo(call(split));
	}

	/** A model whose options do not tell where its client goes. */
	static OpenAiChatModel built(LoopbackProvider server) {
		return built(server, server, Map.of());
	}

	private static OpenAiChatModel built(LoopbackProvider calls, LoopbackProvider streams,
			Map<String, String> headers) {
		OpenAIClient client = OpenAiSetup.setupSyncClient(calls.url() + "/v1", "key", null, null, null, null, false,
				false, null, Duration.ofSeconds(5), 0, null, headers, ObservationRegistry.NOOP,
				new SimpleMeterRegistry(), List.of());
		OpenAIClientAsync async = OpenAiSetup.setupAsyncClient(streams.url() + "/v1", "key", null, null, null, null,
				false, false, null, Duration.ofSeconds(5), 0, null, headers, ObservationRegistry.NOOP,
				new SimpleMeterRegistry(), List.of());
		return OpenAiChatModel.builder()
			.openAiClient(client)
			.openAiClientAsync(async)
			.options(OpenAiChatOptions.builder().model("chat").build())
			.build();
	}

	@Test
	void beansOfOneKindAreIdentifiedByTheirNames() {
		this.beans.put("first", new OwnModel("1"));
		this.beans.put("second", new OwnModel("2"));
		assertThat(call(bean("first"))).isNotNull().isNotEqualTo(call(bean("second"))).isEqualTo(stream(bean("first")));
		this.beans.put("openAi", LoopbackModels.openAi(this.one));
		this.beans.put("otherOpenAi", LoopbackModels.openAi(this.one));
		assertThat(call(bean("openAi"))).isNotEqualTo(call(bean("otherOpenAi")));
	}

	private ChatModel bean(String name) {
		return Objects.requireNonNull(this.beans.get(name));
	}

	@Test
	void modelOfTheApplicationThatIsNoBeanIsNotKnown() {
		assertThat(call(new OwnModel("1"))).isNull();
		assertThat(call(new Pirate(LoopbackModels.openAi(this.one)))).isNull();
		assertThat(this.identities.of(List.of(new SimpleLoggerAdvisor()))).isNull();
		assertThat(this.identities.of(List.of())).isNull();
		assertThat(this.faults.count(Faults.Kind.CHAT_MODEL)).isZero();
	}

	@Test
	void beanThatAsksAnotherModelIsIdentifiedByItsServerToo() {
		this.beans.put("pirate", new Pirate(LoopbackModels.ollama(this.one)));
		String before = call(bean("pirate"));
		this.beans.put("pirate", new Pirate(LoopbackModels.ollama(this.two)));
		assertThat(call(bean("pirate"))).isNotNull().isNotEqualTo(before);
	}

	@Test
	void proxyOfABeanIsTheBean() {
		ChatModel proxied = (ChatModel) new ProxyFactory(new OwnModel("1")).getProxy();
		this.beans.put("proxied", proxied);
		assertThat(call(proxied)).isNotNull();
		ChatModel openAi = (ChatModel) new ProxyFactory(ChatModel.class, target(LoopbackModels.openAi(this.one)))
			.getProxy();
		assertThat(call(openAi)).isEqualTo(call(LoopbackModels.openAi(this.one)));
	}

	private static HotSwappableTargetSource target(ChatModel model) {
		return new HotSwappableTargetSource(model);
	}

	@Test
	void proxyWhoseTargetChangesIsIdentifiedByTheTarget() {
		HotSwappableTargetSource source = target(LoopbackModels.openAi(this.one));
		ChatModel proxy = (ChatModel) new ProxyFactory(ChatModel.class, source).getProxy();
		this.beans.put("swapped", proxy);
		String before = call(proxy);
		source.swap(LoopbackModels.openAi(this.two));
		assertThat(call(proxy)).isNotNull().isNotEqualTo(before);
		source.swap(new OwnModel("whoever"));
		assertThat(call(proxy)).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void beanWhoseModelChangesIsIdentifiedByTheModelOfNow(boolean streamed) {
		Switching direct = new Switching(LoopbackModels.openAi(this.one));
		Switching outer = new Switching(new Pirate(direct));
		Referring referring = new Referring(new ProxyFactory(LoopbackModels.openAi(this.one)).getProxy());
		Choosing choosing = new Choosing(Map.of("a", LoopbackModels.openAi(this.one)));
		for (ChatModel bean : List.of(direct, outer, referring, choosing)) {
			this.beans.put("switching", bean);
			String before = this.identities.of(chain(bean, streamed));
			assertThat(before).isNotNull().isEqualTo(this.identities.of(chain(bean, streamed)));
			ChatModel other = LoopbackModels.openAi(this.two);
			direct.model = other;
			referring.model.set(other);
			choosing.models = Map.of("b", other);
			assertThat(this.identities.of(chain(bean, streamed))).as("%s", bean.getClass())
				.isNotNull()
				.isNotEqualTo(before);
			direct.model = LoopbackModels.openAi(this.one);
			referring.model.set(direct.model);
			choosing.models = Map.of("a", direct.model);
			assertThat(this.identities.of(chain(bean, streamed))).as("%s", bean.getClass()).isEqualTo(before);
		}
	}

	/** Models whose servers are not known, and two models of one server. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void beanWhoseModelChangesIsIdentifiedByTheModelWhateverTheServer(boolean streamed) {
		this.beans.put("first", new OwnModel("1"));
		this.beans.put("second", new OwnModel("2"));
		List<ChatModel> models = List.of(bean("first"), bean("second"), of(this.one, "gpt-5"),
				of(this.one, "gpt-5-mini"), new Named());
		Switching switching = new Switching(models.get(0));
		this.beans.put("switching", new Switching(switching));
		List<String> seen = new ArrayList<>();
		for (ChatModel model : models) {
			switching.model = model;
			seen.add(this.identities.of(chain(bean("switching"), streamed)));
		}
		assertThat(seen).doesNotHaveDuplicates().doesNotContainNull();
		assertThat(this.faults.count(Faults.Kind.CHAT_MODEL)).isZero();
	}

	private static ChatModel of(LoopbackProvider server, String model) {
		return LoopbackModels.openAi(server, (options) -> options.model(model), ObservationRegistry.NOOP, List.of());
	}

	@Test
	void beanWhoseClientChangesIsIdentifiedByTheServerOfNow() {
		Rebuilt rebuilt = new Rebuilt(RestClient.create(this.one.url()));
		this.beans.put("rebuilt", rebuilt);
		String before = call(rebuilt);
		rebuilt.client = RestClient.create(this.two.url());
		assertThat(call(rebuilt)).isNotNull().isNotEqualTo(before);
	}

	@Test
	void beanWhoseModelIsCalledOtherwiseIsIdentifiedByTheNameOfNow() {
		Named named = new Named();
		this.beans.put("named", named);
		String before = call(named);
		named.name = "other";
		assertThat(call(named)).isNotNull().isNotEqualTo(before);
	}

	/** Two classes that were made at run time are as those of two starts. */
	@Test
	void namesThatChangeWithEachStartDoNotTell() {
		assertToldByItsBeanOnly((prompt) -> new ChatResponse(List.of()), (prompt) -> new ChatResponse(List.of()));
		assertToldByItsBeanOnly(proxy(ChatModel.class), proxy(ChatModel.class, Runnable.class));
		assertToldByItsBeanOnly(opaque(), opaque(Runnable.class));
	}

	private void assertToldByItsBeanOnly(ChatModel first, ChatModel second) {
		assertThat(first.getClass().getName()).isNotEqualTo(second.getClass().getName());
		this.beans.put("made", first);
		String before = call(first);
		this.beans.put("made", second);
		assertThat(call(second)).as("%s", first.getClass()).isNotNull().isEqualTo(before);
	}

	private static ChatModel proxy(Class<?>... interfaces) {
		return (ChatModel) Proxy.newProxyInstance(ModelIdentitiesTests.class.getClassLoader(), interfaces,
				(proxy, method, arguments) -> null);
	}

	private static ChatModel opaque(Class<?>... interfaces) {
		ProxyFactory factory = new ProxyFactory(new OwnModel("1"));
		factory.setInterfaces(interfaces);
		factory.setOpaque(true);
		factory.setProxyTargetClass(true);
		return (ChatModel) factory.getProxy();
	}

	@Test
	void classOfAProxyIsTheOneThatItWasMadeOf() {
		ProxyFactory factory = new ProxyFactory(new OwnModel("1"));
		factory.setOpaque(true);
		factory.setProxyTargetClass(true);
		assertThat(ClientName.of(factory.getProxy().getClass())).isEqualTo(OwnModel.class.getName());
		assertThat(ClientName.of(OwnModel.class)).isEqualTo(OwnModel.class.getName());
		assertThat(ClientName.of(OpenAiChatModel.class)).isEqualTo(OpenAiChatModel.class.getName());
		assertThat(ClientName.of(HalfThere.class)).isEqualTo(HalfThere.class.getName());
	}

	@Test
	void whatTheApplicationSaysGoesFirst() {
		this.beans.put("first", new OwnModel("1"));
		this.beans.put("second", LoopbackModels.openAi(this.one));
		ModelIdentities named = identities(Map.of("first", "farm", "second", "farm"));
		Supplier<String> first = () -> String.valueOf(named.of(chain(bean("first"), false)));
		assertThat(first.get()).hasSize(64).isEqualTo(named.of(chain(bean("second"), true)));
		assertThat(named.of("first", bean("first"))).isEqualTo(first.get() + first.get());
	}

	@Test
	void modelsThatSayTheyAreEqualAreDistinguished() {
		this.beans.put("first", new Same(new OwnModel("1")));
		this.beans.put("second", new Same(new OwnModel("2")));
		assertThat(call(bean("first"))).isNotEqualTo(call(bean("second")));
		assertThat(call(bean("first"))).isNotEqualTo(call(bean("second")));
	}

	@Test
	void modelThatFailsToTellIsCountedAndItsBeanStands() {
		ChatModel failing = new OwnModel("1") {

			@Override
			public ChatOptions getOptions() {
				throw new IllegalStateException("not now");
			}

		};
		this.beans.put("failing", failing);
		assertThat(call(failing)).isNotNull().isEqualTo(call(failing));
		assertThat(this.faults.count(Faults.Kind.CHAT_MODEL)).isOne();
	}

	/** Speaks for another model on its own. */
	private static final class Pirate extends OwnModel {

		@SuppressWarnings("unused")
		private final ChatModel model;

		private Pirate(ChatModel model) {
			super("Arr");
			this.model = model;
		}

	}

	/** Asks whichever model it is asked to. */
	private static final class Switching extends OwnModel {

		private volatile ChatModel model;

		private Switching(ChatModel model) {
			super("switching");
			this.model = model;
		}

	}

	/** Asks the model of a reference. */
	private static final class Referring extends OwnModel {

		private final AtomicReference<ChatModel> model;

		private Referring(Object model) {
			super("referring");
			this.model = new AtomicReference<>((ChatModel) model);
		}

	}

	/** Asks one of several models. */
	private static final class Choosing extends OwnModel {

		private volatile Map<String, ChatModel> models;

		private Choosing(Map<String, ChatModel> models) {
			super("choosing");
			this.models = models;
		}

	}

	/** Asks by a client of its own. */
	private static final class Rebuilt extends OwnModel {

		private volatile RestClient client;

		private Rebuilt(RestClient client) {
			super("rebuilt");
			this.client = client;
		}

	}

	/** Tells the model of now. */
	private static final class Named extends OwnModel {

		private volatile String name = "first";

		private Named() {
			super("named");
		}

		@Override
		public ChatOptions getOptions() {
			return ChatOptions.builder().model(this.name).build();
		}

	}

	/** Is equal to every other one. */
	private static final class Same extends OwnModel {

		private Same(OwnModel model) {
			super(model.toString());
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Same;
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	/** A library that is optional. */
	public static final class NotThere {

	}

	/** A model with a field of an optional library. */
	public static final class HalfThere implements ChatModel {

		@Nullable NotThere optional;

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException();
		}

	}

}
