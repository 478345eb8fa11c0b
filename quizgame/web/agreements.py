"""TODO."""

from flask import Blueprint

blueprint = Blueprint("agreements", __name__, url_prefix="/agreements")
