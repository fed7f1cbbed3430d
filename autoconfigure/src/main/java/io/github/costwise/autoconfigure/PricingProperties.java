package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.pricing.UnknownModelPolicy;

/**
 * Properties of the price catalogue.
 *
 * @param unknownModel What to do about a model that has no price.
 * @param models Prices of models, in place of those of the catalogue.
 * @param litellm Price list in the format of LiteLLM that keeps the catalogue up to date.
 * @param reported Which amounts that providers and gateways report are believed.
 * @param discounts Negotiated prices. The first that fits a call holds. None applies to
 * amounts that a provider reports itself.
 */
@ConfigurationProperties("costwise.pricing")
record PricingProperties(@DefaultValue("warn") UnknownModelPolicy unknownModel, @DefaultValue List<Model> models,
		@DefaultValue LiteLlm litellm, @DefaultValue ReportedAmounts reported, @DefaultValue List<Agreed> discounts) {

	/**
	 * Price of one model. Rates are US dollars per million tokens.
	 *
	 * @param provider Billing provider, such as openai.
	 * @param model Name of the model, or * for all other models of the provider.
	 * @param aliases Other names of the model that cost the same.
	 * @param free Whether the model is free of charge.
	 * @param alwaysSearches Whether the model makes a web search in every call, so that
	 * the fee of one is billed where none is reported.
	 * @param from Day since which the price holds, in UTC.
	 * @param until Day from which the price no longer holds, in UTC.
	 * @param input Price of uncached input.
	 * @param output Price of output, zero for embedding models.
	 * @param cacheRead Price of input read from the provider's cache.
	 * @param cacheWrite Price of input written to the provider's cache for five minutes.
	 * @param cacheWriteOneHour Price of input written to the provider's cache for an
	 * hour.
	 * @param webSearch Price of a thousand web searches in US dollars.
	 * @param rates Prices of other units, such as input-audio or output-reasoning.
	 * @param tiers Prices of long prompts and of other processing classes.
	 */
	record Model(@Nullable String provider, @Nullable String model, @DefaultValue List<String> aliases,
			@DefaultValue("false") boolean free, @DefaultValue("false") boolean alwaysSearches,
			@Nullable LocalDate from, @Nullable LocalDate until, @Nullable BigDecimal input,
			@Nullable BigDecimal output, @Nullable BigDecimal cacheRead, @Nullable BigDecimal cacheWrite,
			@Nullable BigDecimal cacheWriteOneHour, @Nullable BigDecimal webSearch,
			@DefaultValue Map<BilledUnit, BigDecimal> rates, @DefaultValue List<PriceTier> tiers) {

	}

	/**
	 * Prices of long prompts or of a processing class. Rates are US dollars per million
	 * tokens.
	 *
	 * @param service Processing class that the prices hold for.
	 * @param above Number of prompt tokens, cached ones included, that must be exceeded.
	 * @param input Price of uncached input.
	 * @param output Price of output.
	 * @param cacheRead Price of input read from the provider's cache.
	 * @param cacheWrite Price of input written to the provider's cache for five minutes.
	 * @param cacheWriteOneHour Price of input written to the provider's cache for an
	 * hour.
	 * @param rates Prices of other units, such as input-audio or output-reasoning.
	 */
	record PriceTier(@DefaultValue("standard") ServiceTier service, @DefaultValue("0") long above,
			@Nullable BigDecimal input, @Nullable BigDecimal output, @Nullable BigDecimal cacheRead,
			@Nullable BigDecimal cacheWrite, @Nullable BigDecimal cacheWriteOneHour,
			@DefaultValue Map<BilledUnit, BigDecimal> rates) {

	}

	/**
	 * Price list in the format of LiteLLM.
	 *
	 * @param location Address (http, https or file) or path of the price list. Nothing is
	 * read when it is not set.
	 * @param refreshInterval How often the price list is read again. Zero reads it once.
	 * @param connectTimeout How long connecting to the address may take.
	 * @param readTimeout How long reading the price list may take.
	 * @param maxSize How long the price list may be.
	 * @param maxChange Factor by which a price may change at once. A price that changes
	 * by more keeps its old value.
	 */
	record LiteLlm(@Nullable String location, @DefaultValue("24h") Duration refreshInterval,
			@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration readTimeout,
			@DefaultValue("32MB") DataSize maxSize, @DefaultValue("10") BigDecimal maxChange) {

	}

	/**
	 * Negotiated price, either a factor or rates.
	 *
	 * @param provider Billing provider, such as openai.
	 * @param model Name of the model, the beginning of names followed by *, or * for all
	 * models of the provider.
	 * @param service Processing class that it is for, all when it is not set.
	 * @param from Day since which calls that begin have it, in UTC.
	 * @param until Day from which calls no longer have it, in UTC.
	 * @param factor What list prices are multiplied by, such as 0.85 for 15 percent off.
	 * @param rates Prices in US dollars per million units, such as input and output, in
	 * place of list prices. The price of web searches stays that of the list when it is
	 * not among them.
	 */
	record Agreed(@Nullable String provider, @Nullable String model, @Nullable ServiceTier service,
			@Nullable LocalDate from, @Nullable LocalDate until, @Nullable BigDecimal factor,
			@DefaultValue Map<BilledUnit, BigDecimal> rates) {

	}

	/**
	 * Which reported amounts are believed. Others are booked as estimated.
	 *
	 * @param maxFactor How many times the amount of the catalogue a reported amount may
	 * be. One US dollar more than that amount is always believed.
	 * @param maxUnknown How many US dollars may be reported for a call of a model that
	 * has no price.
	 */
	record ReportedAmounts(@DefaultValue("20") BigDecimal maxFactor, @DefaultValue("1000") BigDecimal maxUnknown) {

	}

}
