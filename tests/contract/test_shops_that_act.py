"""Shops that act: done means that the order shows it, nothing is done twice, and money that did not go back is told."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from responder.adapters.order_desks.shopify import TAG, ShopifyDesk
from responder.adapters.order_desks.woocommerce import NOTE, WooCommerceDesk
from responder.adapters.shops.shopify import ShopifyShop
from responder.adapters.shops.woocommerce import WooCommerceShop
from responder.domain.case import OrderAction
from responder.workflow.ports.order_desk import OrderDesk
from tests.rig.acting_shops import Deeds, shopify_with, woocommerce_with
from tests.rig.ports import free_port
from tests.rig.shop_servers import TOKEN

CANCEL = OrderAction("cancel_order:1042", "cancel_order", "1042")
BACK = OrderAction("refund_on_return:1042", "refund_on_return", "1042")
MOVE = OrderAction("change_address:1042", "change_address", "1042", (("address", "1 Elm Street"),))


@contextmanager
def shopify(deeds: Deeds) -> Iterator[OrderDesk]:
    with shopify_with(deeds) as shop:
        yield ShopifyDesk(ShopifyShop(shop.url, lambda: TOKEN, 5))


@contextmanager
def woocommerce(deeds: Deeds) -> Iterator[OrderDesk]:
    with woocommerce_with(deeds) as shop:
        yield WooCommerceDesk(WooCommerceShop(shop.url, "ck_1", lambda: TOKEN, 5))


@pytest.fixture(params=[shopify, woocommerce], ids=["shopify", "woocommerce"])
def made(request: pytest.FixtureRequest) -> Iterator[tuple[OrderDesk, Deeds]]:
    deeds = Deeds()
    with ExitStack() as stack:
        yield stack.enter_context(request.param(deeds)), deeds


Made = tuple[OrderDesk, Deeds]


def test_an_order_is_cancelled_and_read_back(made: Made) -> None:
    desk, deeds = made
    assert desk.carry_out(CANCEL).outcome == "done"
    assert deeds.cancelled
    assert desk.look_back(CANCEL).outcome == "done"


def test_what_is_cancelled_already_is_not_cancelled_again(made: Made) -> None:
    desk, deeds = made
    desk.carry_out(CANCEL)
    assert desk.carry_out(CANCEL).outcome == "done"
    assert deeds.asked_to_cancel == 1


def test_what_has_left_is_not_cancelled(made: Made) -> None:
    desk, deeds = made
    deeds.left = True
    assert desk.carry_out(CANCEL).outcome == "failed"
    assert not deeds.cancelled


def test_an_unclear_outcome_is_read_back_and_not_repeated(made: Made) -> None:
    desk, deeds = made
    deeds.mute = True
    assert desk.carry_out(BACK).outcome == "unknown"
    deeds.mute = False
    assert desk.look_back(BACK).outcome == "done"
    assert (deeds.tags or deeds.notes) in ([TAG], [NOTE])


def test_the_mark_for_a_refund_is_set_once(made: Made) -> None:
    desk, deeds = made
    assert desk.carry_out(BACK).outcome == "done"
    assert desk.carry_out(BACK).outcome == "done"
    assert (deeds.tags or deeds.notes) in ([TAG], [NOTE])


def test_an_order_that_the_shop_does_not_have_is_told(made: Made) -> None:
    desk, deeds = made
    deeds.number = "77"
    result = desk.carry_out(CANCEL)
    assert (result.outcome, deeds.asked_to_cancel) == ("failed", 0)
    assert "1042" in result.detail


def test_a_new_address_is_left_to_a_person(made: Made) -> None:
    desk, _ = made
    assert desk.by_hand("change_address")
    assert desk.carry_out(MOVE).outcome == "failed"


def test_shopify_cancels_in_the_background() -> None:
    deeds = Deeds(slow=True)
    with shopify(deeds) as desk:
        assert desk.carry_out(CANCEL).outcome == "unknown"
        assert desk.look_back(CANCEL).outcome == "unknown"
        deeds.cancelled = True
        assert desk.look_back(CANCEL).outcome == "done"
    assert deeds.asked_to_cancel == 1


def test_woocommerce_gives_the_money_back_once() -> None:
    deeds = Deeds()
    with woocommerce(deeds) as desk:
        desk.carry_out(CANCEL)
        desk.carry_out(CANCEL)
    assert deeds.refunded == ["24.90"]


def test_money_that_could_not_go_back_is_told_and_settled_by_a_person() -> None:
    deeds = Deeds(pays_back=False)
    with woocommerce(deeds) as desk:
        result = desk.carry_out(CANCEL)
        assert result.outcome == "failed"
        assert "bank transfer" in result.detail
        assert desk.look_back(CANCEL).outcome == "failed"
        deeds.refunded.append("24.90")
        assert desk.carry_out(CANCEL).outcome == "done"


@pytest.mark.parametrize("desk", ["shopify", "woocommerce"])
def test_a_shop_that_is_away_has_done_nothing(desk: str) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    shop = (
        ShopifyDesk(ShopifyShop(url, lambda: TOKEN, 1))
        if desk == "shopify"
        else WooCommerceDesk(WooCommerceShop(url, "k", lambda: TOKEN, 1))
    )
    assert shop.carry_out(CANCEL).outcome == "failed"
    assert shop.look_back(CANCEL).outcome == "unknown"
