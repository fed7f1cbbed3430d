package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.UsageEstimator;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.advisor.CallAddresses;
import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.ChatClientManager;
import io.github.costwise.advisor.CostCallAdvisor;
import io.github.costwise.advisor.CostTurnAdvisor;
import io.github.costwise.advisor.ModelIdentities;
import io.github.costwise.advisor.ModelServer;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.advisor.RoutedTargets;
import io.github.costwise.advisor.ScopeCapture;
import io.github.costwise.advisor.SpringModelServer;
import io.github.costwise.advisor.TargetModels;
import io.github.costwise.annotation.CostOptimizedAdvisor;
import io.github.costwise.annotation.CostOptimizedValidator;
import io.github.costwise.autoconfigure.CostwiseProperties.Annotation.Uninterceptable;
import io.github.costwise.background.Background;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.LearntBounds;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.CallPillar;
import io.github.costwise.pipeline.CallPipeline;
import io.github.costwise.pipeline.CallUsage;
import io.github.costwise.pipeline.CostAccountant;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.TurnPillar;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the core: the annotation, the two advisors and how they reach
 * every ChatClient.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PricingAutoConfiguration.class, UsageAutoConfiguration.class,
		LedgerAutoConfiguration.class, CacheAutoConfiguration.class })
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@EnableConfigurationProperties(CostwiseProperties.class)
@Import({ ProxyCreatorRegistrar.class, PolicyParts.class })
public final class CostwiseAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostPolicies costwisePolicies(CostwiseProperties properties, List<PolicyPartFactory<?>> parts) {
		return new PolicyFactory(parts).create(properties.getPolicies());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseAccountant")
	CostAccountant costwiseAccountant(UsageNormalizers normalizers, UsageEstimator estimator, CostCalculator calculator,
			UsageLedger ledger, CostEventPublisher events, Faults faults, CallBudgets budgets) {
		return new CostAccountant(new CallUsage(normalizers, estimator), calculator, ledger, events, faults, budgets);
	}

	@Bean
	@ConditionalOnMissingBean
	CallBudgets costwiseCallBudgets(ObjectProvider<Budgets> budgets, ObjectProvider<BudgetProperties> properties,
			UsageNormalizers normalizers, UsageEstimator estimator, CostCalculator calculator, CallRequests requests,
			Faults faults, Time time) {
		BudgetProperties.Output output = BudgetProperties.output(properties.getIfAvailable());
		return new CallBudgets(budgets.getIfAvailable(() -> Budgets.none(faults, time)),
				new CallUsage(normalizers, estimator), calculator, requests, new LearntBounds(output.assumed()),
				output.longest());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseScopeCapture")
	ScopeCapture costwiseScopeCapture(ObjectProvider<AttributionResolver> resolver, ListableBeanFactory beanFactory,
			Faults faults) {
		return new ScopeCapture(resolver.getIfAvailable(), ResolverNames.describe(beanFactory), faults);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseTurnAdvisor")
	CostTurnAdvisor costwiseTurnAdvisor(CostPolicies policies, CostAccountant accountant, ScopeCapture scopes,
			ObjectProvider<TurnPillar> pillars, TargetModels models, CostwiseProperties properties,
			Background background, Time time) {
		TurnPipeline pipeline = new TurnPipeline(policies, accountant, pillars.orderedStream().toList(), time);
		return new CostTurnAdvisor(pipeline, scopes, properties.getMode(), models, background);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseModelIdentities")
	ModelIdentities costwiseModelIdentities(ConfigurableListableBeanFactory beans, ObjectProvider<ModelServer> servers,
			CostwiseProperties properties, Environment environment, Faults faults) {
		ChatModelBeans models = new ChatModelBeans(beans);
		return new ModelIdentities(models::nameOf, readers(servers),
				new ModelIdentities.Naming(models.checked(properties.getChat().getIdentities()),
						models.application(environment.getProperty("spring.application.name"))),
				faults);
	}

	private static List<ModelServer> readers(ObjectProvider<ModelServer> servers) {
		List<ModelServer> readers = new ArrayList<>(servers.orderedStream().toList());
		if (ClassUtils.isPresent("org.springframework.web.util.UriBuilderFactory",
				CostwiseAutoConfiguration.class.getClassLoader())) {
			readers.add(new SpringModelServer());
		}
		return readers;
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCallAddresses")
	CallAddresses costwiseCallAddresses(ObjectProvider<ModelServer> servers, Faults faults) {
		return new CallAddresses(readers(servers), faults);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseTargetModels")
	TargetModels costwiseTargetModels(ListableBeanFactory beans, ModelIdentities identities) {
		return new TargetModels(() -> beans.getBeansOfType(ChatModel.class), identities);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCallRequests")
	CallRequests costwiseCallRequests(ObjectProvider<ProviderOptions> providers, CostwiseProperties properties) {
		return new CallRequests(providers.orderedStream().toList(), properties.getMode());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCallAdvisor")
	CostCallAdvisor costwiseCallAdvisor(CostAccountant accountant, Providers providers, CallRequests requests,
			CallAddresses addresses, ObjectProvider<RoutedTargets> targets, ObjectProvider<CallPillar> pillars,
			CostwiseProperties properties, Time time) {
		CallPipeline pipeline = new CallPipeline(accountant, pillars.orderedStream().toList(), providers,
				properties.getMode(), time);
		return new CostCallAdvisor(pipeline, requests, addresses, targets.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseChatClientManager")
	ChatClientManager costwiseChatClientManager(CostTurnAdvisor turnAdvisor, CostCallAdvisor callAdvisor,
			ScopeCapture scopes) {
		return new ChatClientManager(turnAdvisor, callAdvisor, scopes);
	}

	@Bean
	ChatClientBuilderCustomizer costwiseChatClientBuilderCustomizer(ObjectProvider<CostTurnAdvisor> turnAdvisor,
			ObjectProvider<CostCallAdvisor> callAdvisor) {
		return (builder) -> builder.defaultAdvisors(turnAdvisor.getObject(), callAdvisor.getObject());
	}

	@Bean
	static UnknownSettings costwiseUnknownSettings(Environment environment) {
		return new UnknownSettings(environment);
	}

	@Bean
	static LazyUnlessConfigured costwiseLazyUnlessConfigured(Environment environment) {
		return new LazyUnlessConfigured(environment);
	}

	@Bean
	static ManagedChatClientPostProcessor costwiseManagedChatClientPostProcessor(
			ConfigurableListableBeanFactory beanFactory, ObjectProvider<ChatClientManager> manager) {
		return new ManagedChatClientPostProcessor(beanFactory, manager);
	}

	@Bean
	static DefaultChatModelPostProcessor costwiseDefaultChatModelPostProcessor(Environment environment) {
		return new DefaultChatModelPostProcessor(environment);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CostOptimizedAdvisor costwiseOptimizedAdvisor(ObjectProvider<Faults> faults) {
		return new CostOptimizedAdvisor(faults::getObject);
	}

	@Bean
	@Lazy(false)
	CostOptimizedValidator costwiseOptimizedValidator(ConfigurableListableBeanFactory beanFactory,
			CostOptimizedAdvisor advisor, ObjectProvider<CostPolicies> policies,
			ObjectProvider<CostwiseProperties> properties) {
		return new CostOptimizedValidator(beanFactory, advisor, policies::getObject,
				() -> properties.getObject().getAnnotation().getUninterceptable() == Uninterceptable.FAIL);
	}

}
